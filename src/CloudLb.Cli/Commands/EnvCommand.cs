using System.CommandLine;

namespace CloudLb.Cli.Commands;

/// <summary><c>cloudlb env</c>: what a shell needs for AWS clients to reach this server.</summary>
internal static class EnvCommand
{
    public static Command Create(Func<EffectiveSettings> settings)
    {
        var command = new Command("env", "Print the export lines that point AWS clients at this CloudLb: eval \"$(cloudlb env)\".");
        command.SetAction(_ =>
        {
            foreach (var line in Lines(settings()))
            {
                Console.Out.WriteLine(line);
            }
        });
        return command;
    }

    private static IEnumerable<string> Lines(EffectiveSettings settings)
    {
        if (settings.AccessKeyId is null || settings.SecretAccessKey is null)
        {
            throw new CommandException("There is no access key yet; one is made when 'cloudlb serve' starts for the first time with this data directory.");
        }

        yield return $"export AWS_ENDPOINT_URL={Quote(settings.Endpoint)}";
        yield return $"export AWS_ACCESS_KEY_ID={Quote(settings.AccessKeyId)}";
        yield return $"export AWS_SECRET_ACCESS_KEY={Quote(settings.SecretAccessKey)}";
        yield return $"export AWS_DEFAULT_REGION={Quote(settings.Region)}";
        yield return $"export AWS_REGION={Quote(settings.Region)}";
        if (settings.CertificateFile is { } certificate)
        {
            yield return $"export AWS_CA_BUNDLE={Quote(certificate)}";
        }

        // So that the commands, too, find this server from any directory.
        yield return $"export CloudLb__DataDirectory={Quote(settings.DataDirectory)}";

        // A token or a profile left over in the shell would go with the key and have every request refused.
        yield return "unset AWS_SESSION_TOKEN AWS_SECURITY_TOKEN AWS_PROFILE";
        if (PathOfThis() is { } directory)
        {
            yield return $"export PATH={Quote(directory)}:\"$PATH\"";
        }
    }

    /// <summary>Where this executable is, unless the shell finds it already.</summary>
    private static string? PathOfThis()
    {
        var directory = Path.GetDirectoryName(Environment.ProcessPath);
        var known = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        return directory is null || Path.GetFileNameWithoutExtension(Environment.ProcessPath) != "cloudlb" || known.Contains(directory) ? null : directory;
    }

    private static string Quote(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
