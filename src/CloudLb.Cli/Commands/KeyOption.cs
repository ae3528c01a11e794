using System.CommandLine;
using CloudLb.Cli.Control;

namespace CloudLb.Cli.Commands;

/// <summary>Whose key a command signs with: the server's first, or the caller's.</summary>
internal static class KeyOption
{
    private const string Id = "AWS_ACCESS_KEY_ID", Secret = "AWS_SECRET_ACCESS_KEY";

    public static Option<bool> Create() => new("--environment-key")
    {
        Description = $"Sign with {Id} and {Secret} of the environment, for the account of that key; with the server's first otherwise.",
    };

    /// <summary>The server as the command asks it.</summary>
    public static RunningServer Server(RunningServer server, string? region, bool isEnvironment)
    {
        var asked = server with { Region = region ?? server.Region };
        var (id, secret) = (Environment.GetEnvironmentVariable(Id), Environment.GetEnvironmentVariable(Secret));
        return !isEnvironment ? asked
            : id is { Length: > 0 } && secret is { Length: > 0 } ? asked with { AccessKeyId = id, SecretAccessKey = secret }
            : throw new CommandException($"{Id} and {Secret} are not both set.", ExitCodes.WrongUse);
    }
}
