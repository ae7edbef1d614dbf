using System.Text.Json.Serialization.Metadata;
using Atelier.Cli.Failures;

namespace Atelier.Cli.Output;

/// <summary>The two streams of a command: results on stdout, progress and log on stderr.</summary>
internal interface IOutput
{
    /// <summary>True when stdout is to hold exactly one JSON document.</summary>
    bool Json { get; }

    /// <summary>True when progress is to be left out; warnings and errors are still shown.</summary>
    bool Quiet { get; set; }

    /// <summary>What the terminal behind stderr can do.</summary>
    TerminalTraits Terminal { get; }

    /// <summary>The raw stdout, for help and completion scripts.</summary>
    TextWriter Results { get; }

    /// <summary>The raw stderr.</summary>
    TextWriter Log { get; }

    /// <summary>Writes a line of the result for people; nothing with <c>--json</c>.</summary>
    void Result(string line);

    /// <summary>Writes the result as the one JSON document; nothing without <c>--json</c>.</summary>
    /// <exception cref="InvalidOperationException">A document was already written.</exception>
    void Document<T>(T value, JsonTypeInfo<T> type);

    /// <summary>Writes a line of progress to stderr, unless quiet.</summary>
    void Progress(string line);

    /// <summary>Writes a warning to stderr.</summary>
    void Warn(string sentence);

    /// <summary>
    /// Writes an error sentence to stderr and, with <c>--json</c>, the error document to stdout.
    /// </summary>
    void Fail(Failure failure);

    /// <summary>Writes out what is buffered.</summary>
    /// <exception cref="IOException">The disk behind stdout is full.</exception>
    void Flush();
}
