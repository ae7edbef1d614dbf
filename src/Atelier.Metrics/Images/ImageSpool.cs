using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Atelier.IO;
using Microsoft.Win32.SafeHandles;

namespace Atelier.Metrics;

/// <summary>
/// Images that came once and can be read again at random places: in memory, or beyond 256 MiB in a temporary
/// file that has no name, so that nothing is left of it however the process ends.
/// </summary>
internal sealed class ImageSpool : IImageSet, IDisposable
{
    private const long MostMemory = 256L << 20;

    private readonly ImageShape shape;
    private readonly int[] labels;
    private readonly byte[]? memory;
    private readonly SafeFileHandle? file;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private string? contentHash;
    private int filled;

    /// <summary>Room for all images.</summary>
    /// <param name="count">N.</param>
    /// <param name="shape">What each is.</param>
    /// <param name="classNames">The classes that labels speak of.</param>
    /// <param name="mostMemory">Bytes beyond which a file is used.</param>
    /// <exception cref="AtelierException">No temporary file can be made (Disk).</exception>
    public ImageSpool(
        int count, ImageShape shape, IReadOnlyList<string> classNames, long mostMemory = MostMemory)
    {
        this.shape = shape;
        ClassNames = classNames;
        labels = new int[count];
        if ((long)count * shape.Bytes <= mostMemory) memory = new byte[count * shape.Bytes];
        else file = Unnamed();
    }

    /// <inheritdoc/>
    public int Count => labels.Length;

    /// <inheritdoc/>
    public int Channels => shape.Channels;

    /// <inheritdoc/>
    public int Height => shape.Height;

    /// <inheritdoc/>
    public int Width => shape.Width;

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames { get; }

    /// <inheritdoc/>
    public string ContentHash => contentHash ??= Convert.ToHexStringLower(hash.GetHashAndReset());

    /// <inheritdoc/>
    public string Resizer => "none";

    /// <summary>Takes the next images.</summary>
    /// <param name="images">Bytes [n, C, H, W].</param>
    /// <param name="classes">Class ids [n], or empty.</param>
    /// <exception cref="AtelierException">The disk is full (Disk).</exception>
    public void Add(ReadOnlySpan<byte> images, ReadOnlySpan<long> classes)
    {
        hash.AppendData(images);
        hash.AppendData(MemoryMarshal.AsBytes(classes));
        for (var k = 0; k < classes.Length; k++) labels[filled + k] = (int)classes[k];
        var place = (long)filled * shape.Bytes;
        if (memory is not null) images.CopyTo(memory.AsSpan((int)place));
        else Write(images, place);
        filled += images.Length / shape.Bytes;
    }

    /// <inheritdoc/>
    public void CopyImages(ReadOnlySpan<int> indices, Span<byte> destination)
    {
        for (var k = 0; k < indices.Length; k++)
        {
            var target = destination.Slice(k * shape.Bytes, shape.Bytes);
            var place = (long)indices[k] * shape.Bytes;
            if (memory is not null) memory.AsSpan((int)place, shape.Bytes).CopyTo(target);
            else Read(target, place);
        }
    }

    /// <inheritdoc/>
    public int Label(int index) => labels[index];

    /// <inheritdoc/>
    public void Dispose()
    {
        hash.Dispose();
        file?.Dispose();
    }

    private static SafeFileHandle Unnamed()
    {
        var path = Path.Combine(Path.GetTempPath(), "atelier-" + Path.GetRandomFileName());
        try
        {
            var handle = File.OpenHandle(
                path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            File.Delete(path);
            return handle;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw DiskFailure.From(error, path);
        }
    }

    private void Write(ReadOnlySpan<byte> images, long place)
    {
        try
        {
            RandomAccess.Write(file!, images, place);
        }
        catch (IOException error)
        {
            throw DiskFailure.From(error, Path.GetTempPath(), (long)Count * shape.Bytes);
        }
    }

    private void Read(Span<byte> target, long place)
    {
        for (var done = 0; done < target.Length;)
        {
            var count = RandomAccess.Read(file!, target[done..], place + done);
            if (count == 0)
                throw new AtelierException(
                    FailureKind.Bug, $"Image {place / shape.Bytes} was read before it came.");
            done += count;
        }
    }
}
