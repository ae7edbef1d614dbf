using System.CommandLine;

namespace Atelier.Cli.Commands;

/// <summary>A word under which several commands stand, as <c>data</c> for <c>data pack</c>.</summary>
internal abstract class CommandGroup : Command
{
    /// <summary>Creates the group with its commands.</summary>
    protected CommandGroup(string name, string description, params CliCommand[] commands)
        : base(name, description)
    {
        foreach (var command in commands) Subcommands.Add(command);
    }
}
