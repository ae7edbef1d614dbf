using System.Runtime.InteropServices;

namespace Atelier.Cli.Doctor;

/// <summary>The libraries that decode JPEG, PNG and WebP.</summary>
internal sealed class ImageLibrariesCheck : IDoctorCheck
{
    private static readonly (string Format, string Library, string Package)[] Needed =
    [
        ("jpeg", "libturbojpeg.so.0", "libturbojpeg0"),
        ("png", "libspng.so.0", "libspng0"),
        ("webp", "libwebp.so.7", "libwebp7"),
    ];

    /// <inheritdoc/>
    public IEnumerable<CheckResult> Look()
    {
        foreach (var (format, library, package) in Needed)
        {
            if (NativeLibrary.TryLoad(library, out var handle))
            {
                NativeLibrary.Free(handle);
                yield return CheckResult.Ok(format, library);
                continue;
            }

            yield return CheckResult.Warn(format,
                $"{library} does not load: {format} files cannot be read or written",
                $"Run: sudo apt-get install -y --no-install-recommends {package}");
        }
    }
}
