using CloudLb.Cli;
using CloudLb.Server;

return await CloudLbCommand.RunAsync(args, new Executable());
