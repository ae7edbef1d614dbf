using Atelier.Cli.Application;

return (int)AtelierProgram.RunOnConsole(args);
