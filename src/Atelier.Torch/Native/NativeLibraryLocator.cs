using System.Reflection;
using System.Runtime.InteropServices;
using Atelier.Torch.Native;

namespace Atelier.Torch;

/// <summary>
/// Finds libatelier_native.so (and through it libtorch) and remembers every place it looked at.
/// </summary>
public static class NativeLibraryLocator
{
    private const string FileName = "libatelier_native.so";
    private static readonly Lock Gate = new();
    private static List<NativeLibraryAttempt>? attempts;
    private static nint library;

    /// <summary>
    /// Every place tried, in order. Loads the library if it is not loaded yet; never throws.
    /// </summary>
    public static IReadOnlyList<NativeLibraryAttempt> Probe()
    {
        lock (Gate)
        {
            if (attempts is not null) return attempts;
            attempts = [];
            foreach (var (path, source) in Candidates())
                if (TryLoad(path, source))
                    break;
            return attempts;
        }
    }

    /// <summary>Where a working library was found.</summary>
    /// <exception cref="AtelierException">No place has a library that loads; the message lists them
    /// all.</exception>
    internal static nint Load()
    {
        var tried = Probe();
        if (library != 0) return library;
        var lines = tried.Select(t => $"\n  {t.Path} ({t.Source}): {t.Outcome}");
        throw new AtelierException(
            FailureKind.Preflight,
            $"The native library {FileName} could not be loaded. Tried:{string.Concat(lines)}\n" +
            "Install libtorch (Debian: apt-get install libtorch-dev) and run ./atelier again so that it " +
            "is built, or set ATELIER_LIBTORCH to the folder of another libtorch; `atelier doctor` shows " +
            "more.");
    }

    internal static void Register() =>
        NativeLibrary.SetDllImportResolver(
            typeof(NativeLibraryLocator).Assembly,
            static (name, _, _) => name == NativeMethods.Library ? Load() : 0);

    private static IEnumerable<(string Path, string Source)> Candidates()
    {
        if (Environment.GetEnvironmentVariable("ATELIER_NATIVE") is { Length: > 0 } named)
        {
            var isFile = named.EndsWith(".so", StringComparison.Ordinal);
            yield return (isFile ? named : Path.Combine(named, FileName), "ATELIER_NATIVE");
        }

        yield return (Path.Combine(AppContext.BaseDirectory, FileName), "beside the program");
        yield return (Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", FileName),
            "the package's folder");
        foreach (var folder in Ancestors(AppContext.BaseDirectory))
            if (Directory.Exists(Path.Combine(folder, "native"))
                && File.Exists(Path.Combine(folder, "Atelier.slnx")))
                yield return (Path.Combine(folder, ".build", "native", FileName), "the source tree");
        yield return (FileName, "the system's loader");
    }

    private static IEnumerable<string> Ancestors(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent) yield return at.FullName;
    }

    private static bool TryLoad(string path, string source)
    {
        if (Path.IsPathRooted(path) && !File.Exists(path))
        {
            attempts!.Add(new NativeLibraryAttempt(path, source, false, "no such file"));
            return false;
        }

        try
        {
            library = NativeLibrary.Load(path, Assembly.GetExecutingAssembly(), null);
            attempts!.Add(new NativeLibraryAttempt(path, source, true, "loaded"));
            return true;
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            attempts!.Add(
                new NativeLibraryAttempt(path, source, false, error.Message.ReplaceLineEndings(" ").Trim()));
            return false;
        }
    }
}
