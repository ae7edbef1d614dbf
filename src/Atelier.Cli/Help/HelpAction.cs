using System.CommandLine;
using System.CommandLine.Invocation;

namespace Atelier.Cli.Help;

/// <summary>Shows the help of the command on which <c>--help</c> stands.</summary>
internal sealed class HelpAction : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        ArgumentNullException.ThrowIfNull(parseResult);
        HelpWriter.Write(parseResult.CommandResult.Command, parseResult.InvocationConfiguration.Output);
        return 0;
    }
}
