using System.CommandLine;
using CloudLb.Cli.Control;

namespace CloudLb.Cli.Commands;

/// <summary><c>cloudlb env</c>: what a shell needs for AWS clients, and for the commands, to reach this server.</summary>
internal static class EnvCommand
{
    /// <summary>
    /// What would send calls elsewhere, or have them refused, if it were left over in the shell: a token or a profile goes with another
    /// key, an endpoint of one service wins over that of all, and AWS's SDKs refuse to combine the last two with any endpoint.
    /// </summary>
    private static readonly string[] InTheWay =
    [
        "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN", "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING",
        "AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2", "AWS_ENDPOINT_URL_EC2", "AWS_ENDPOINT_URL_IAM", "AWS_ENDPOINT_URL_STS",
        "AWS_USE_FIPS_ENDPOINT",
        "AWS_USE_DUALSTACK_ENDPOINT",
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1), Pause = TimeSpan.FromMilliseconds(50);

    private const string EndpointOfOneService = "AWS_ENDPOINT_URL_";

    /// <param name="settings">Those in force.</param>
    /// <param name="socketOf">The control socket of the ephemeral server that is a process; null while it is not ready.</param>
    public static Command Create(Func<EffectiveSettings> settings, Func<int, string?> socketOf)
    {
        var wait = new Option<int?>("--wait")
        {
            Description = "Wait, a minute at most, until the ephemeral server that is this process is ready, for scripts that have just " +
                "started it: --wait $!",
        };
        var command = new Command(
            "env", "Print the export lines that point AWS clients at this CloudLb: eval \"$(cloudlb env)\".") { wait };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var server = await (parsed.GetValue(wait) is { } processId
                ? WaitAsync(processId, socketOf, cancellationToken)
                : AskAsync(settings, cancellationToken));
            foreach (var line in Lines(server))
            {
                Console.Out.WriteLine(line);
            }
        });
        return command;
    }

    private static async Task<RunningServer> AskAsync(Func<EffectiveSettings> settings, CancellationToken cancellationToken)
    {
        var read = settings();
        using var control = new ControlClient(read.ControlSocket);
        return await control.FindServerAsync(cancellationToken) ?? ByItsSettings(read);
    }

    /// <summary>Asks the ephemeral server that is this process, as soon as it is ready.</summary>
    private static async Task<RunningServer> WaitAsync(int processId, Func<int, string?> socketOf, CancellationToken cancellationToken)
    {
        var clock = TimeProvider.System;
        for (var since = clock.GetTimestamp(); clock.GetElapsedTime(since) < Patience; await Task.Delay(Pause, clock, cancellationToken))
        {
            // Looked at first: one that is ready may end now.
            var isRunning = IsRunning(processId);
            if (socketOf(processId) is { } socket)
            {
                using var control = new ControlClient(socket);
                return await control.GetServerAsync(cancellationToken);
            }

            if (!isRunning)
            {
                throw new CommandException(
                    $"The process {processId} does not run; where it was 'cloudlb serve --Ephemeral', its output says why.",
                    ExitCodes.NoServer);
            }
        }

        throw new CommandException(
            $"The process {processId} has not become an ephemeral CloudLb that is ready within {Patience.TotalSeconds:0} s.",
            ExitCodes.NoServer);
    }

    /// <summary>One that has ended and that nobody has asked for its exit code yet has no command line any more.</summary>
    private static bool IsRunning(int processId)
    {
        try
        {
            return File.ReadAllBytes($"/proc/{processId}/cmdline").Length > 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Where the server will be, once it runs.</summary>
    private static RunningServer ByItsSettings(EffectiveSettings settings)
    {
        if (settings.AccessKeyId is null || settings.SecretAccessKey is null)
        {
            throw new CommandException(
                $"There is no access key yet in {settings.DataDirectory}; one is made when 'cloudlb serve' starts there for the first " +
                "time. If CloudLb runs with another data directory, name it with --DataDirectory.");
        }

        if (new Uri(settings.Endpoint).Port == 0)
        {
            throw new CommandException(
                $"CloudLb does not run in {settings.DataDirectory}, and the port of its URL is chosen when it starts. Start it with " +
                $"'cloudlb serve'.");
        }

        return new()
        {
            Endpoint = settings.Endpoint, Region = settings.Region, AccessKeyId = settings.AccessKeyId,
            SecretAccessKey = settings.SecretAccessKey,
            CertificateFile = settings.CertificateFile, DataDirectory = settings.DataDirectory,
        };
    }

    private static IEnumerable<string> Lines(RunningServer server)
    {
        yield return $"export AWS_ENDPOINT_URL={Quote(server.Endpoint)}";
        yield return $"export AWS_ACCESS_KEY_ID={Quote(server.AccessKeyId)}";
        yield return $"export AWS_SECRET_ACCESS_KEY={Quote(server.SecretAccessKey)}";
        yield return $"export AWS_DEFAULT_REGION={Quote(server.Region)}";
        yield return $"export AWS_REGION={Quote(server.Region)}";

        // A profile may say that AWS_ENDPOINT_URL is not to be heeded.
        yield return "export AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=false";
        yield return $"unset {string.Join(' ', InTheWay.Union(EndpointsOfServices()))}";
        if (server.CertificateFile is { } certificate)
        {
            yield return $"export AWS_CA_BUNDLE={Quote(certificate)}";
            yield return $"export NODE_EXTRA_CA_CERTS={Quote(certificate)}";
        }

        // So that the commands, too, find this server from any directory, and a server that is started from this shell is the same one.
        yield return $"export CloudLb__DataDirectory={Quote(server.DataDirectory)}";
        yield return $"export CloudLb__Url={Quote(server.Endpoint)}";
        if (server.CertificateFile is { } ofUrl)
        {
            yield return $"export CloudLb__CertificateFile={Quote(ofUrl)}";
        }

        if (PathOfThis() is { } directory)
        {
            yield return $"export PATH={Quote(directory)}:\"$PATH\"";
        }
    }

    /// <summary>Those that this shell has, whatever the service.</summary>
    private static IEnumerable<string> EndpointsOfServices() => Environment.GetEnvironmentVariables().Keys.Cast<string>()
        .Where(
            name =>
                name.StartsWith(EndpointOfOneService, StringComparison.Ordinal)
                    && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
        .Order(StringComparer.Ordinal);

    /// <summary>Where this executable is, unless the shell finds it already.</summary>
    private static string? PathOfThis()
    {
        var directory = Path.GetDirectoryName(Environment.ProcessPath);
        var known = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        return directory is null || Path.GetFileNameWithoutExtension(Environment.ProcessPath) != "cloudlb" || known.Contains(directory)
            ? null
            : directory;
    }

    private static string Quote(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
