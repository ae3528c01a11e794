using System.CommandLine;
using System.Reflection;

namespace CloudLb.Cli.Commands;

/// <summary><c>cloudlb version</c>: which CloudLb this is.</summary>
internal static class VersionCommand
{
    public static string? Text => (Assembly.GetEntryAssembly() ?? typeof(VersionCommand).Assembly)
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    public static Command Create()
    {
        var command = new Command("version", "Print the version.");
        command.SetAction(_ => Console.Out.WriteLine(Text));
        return command;
    }
}
