using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Atelier.Cli.Failures;

namespace Atelier.Cli.Output;

/// <summary>Output to two text writers.</summary>
internal sealed class TextOutput : IOutput
{
    // No HTML page holds these documents, so quotes and letters of every language may stand as they are.
    private static readonly JsonWriterOptions Readable =
        new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private bool documentWritten;

    /// <summary>Creates the output.</summary>
    /// <param name="results">What becomes stdout.</param>
    /// <param name="log">What becomes stderr.</param>
    /// <param name="terminal">What stderr can show.</param>
    /// <param name="json">Whether stdout holds one JSON document.</param>
    public TextOutput(TextWriter results, TextWriter log, TerminalTraits terminal, bool json)
    {
        Results = results;
        Log = log;
        Terminal = terminal;
        Json = json;
        // Files and class names are written as they are; \n on every system, as scripts expect.
        Results.NewLine = "\n";
        Log.NewLine = "\n";
    }

    /// <inheritdoc/>
    public bool Json { get; }

    /// <inheritdoc/>
    public bool Quiet { get; set; }

    /// <inheritdoc/>
    public TerminalTraits Terminal { get; }

    /// <inheritdoc/>
    public TextWriter Results { get; }

    /// <inheritdoc/>
    public TextWriter Log { get; }

    /// <inheritdoc/>
    public void Result(string line)
    {
        if (!Json) Results.WriteLine(Printable.Text(line));
    }

    /// <inheritdoc/>
    public void Document<T>(T value, JsonTypeInfo<T> type)
    {
        if (!Json) return;
        if (documentWritten) throw new InvalidOperationException(
            "A second JSON document was about to go to stdout.");
        documentWritten = true;

        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, Readable))
            JsonSerializer.Serialize(writer, value, type);
        Results.WriteLine(Encoding.UTF8.GetString(bytes.WrittenSpan));
    }

    /// <inheritdoc/>
    public void Progress(string line)
    {
        if (!Quiet) Log.WriteLine(Printable.Text(line));
    }

    /// <inheritdoc/>
    public void Warn(string sentence) =>
        Log.WriteLine($"{Paint("warning:", "33")} {Printable.Text(sentence)}");

    /// <inheritdoc/>
    public void Fail(Failure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        Log.WriteLine($"{Paint("error:", "31")} {Printable.Text(failure.Message)}");
        if (!Json || documentWritten) return;
        var error = new ErrorBody(failure.Kind, (int)failure.Code, failure.Message);
        Document(new ErrorDocument(error), OutputJson.Default.ErrorDocument);
    }

    /// <inheritdoc/>
    public void Flush()
    {
        Results.Flush();
        Log.Flush();
    }

    private string Paint(string word, string colour) => Terminal.Colour ? $"\e[{colour}m{word}\e[0m" : word;
}
