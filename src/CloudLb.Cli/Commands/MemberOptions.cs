using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CloudLb.Cli.Control;
using CloudLb.Cli.Members;

namespace CloudLb.Cli.Commands;

/// <summary>The options of <c>cloudlb member create</c>, and what may stand there.</summary>
internal sealed partial class MemberOptions
{
    private const int DefaultDrainSeconds = 300, MostDrainSeconds = 3600;

    private readonly Option<string[]> _loadBalancers = new("--load-balancer", "-l")
    {
        Description = "A Classic load balancer that it registers with; again for another.",
    };

    private readonly Option<string[]> _targetGroups = new("--target-group", "-t")
    {
        Description = "A target group that it registers with, by its name or ARN; again for another.",
    };

    private readonly Option<string?> _instance = new("--instance", "-i")
    {
        Description = "What it registers: its address, its host name or its i-... id; the member's name otherwise.",
    };

    private readonly Option<string?> _endpoint = new("--endpoint") { Description = "The API's URL as the machine reaches it." };

    private readonly Option<string?> _certificates = new("--ca-file")
    {
        Description = "PEM; what the certificate of an https endpoint has to come from; the server's own certificate otherwise.",
    };

    private readonly Option<string[]> _services = new("--service")
    {
        Description = "A systemd unit that serves on the machine: it registers after its start and deregisters before its stop.",
    };

    private readonly Option<int?> _waitPort = new("--wait-port") { Description = "It registers once somebody listens at this port." };

    private readonly Option<string?> _waitCommand = new("--wait-command")
    {
        Description = "It registers once this shell command succeeds.",
    };

    private readonly Option<int> _drain = new("--drain-seconds")
    {
        DefaultValueFactory = _ => DefaultDrainSeconds,
        Description = "How long it waits at its end until what was begun has ended.",
    };

    private readonly Option<string[]> _others = new("--attach")
    {
        Description = "With --format mime: user data of yours that goes in front, a #cloud-config or a script; again for another.",
    };

    public Argument<string> Name { get; } = new("name") { Description = "The member's name." };

    public Option<string?> Account { get; } = new("--account") { Description = "The load balancers' account." };

    public Option<string?> Region { get; } = new("--region") { Description = "The load balancers' region." };

    public Option<int?> Lease { get; } = new("--lease")
    {
        Description = "Seconds after which it is deregistered when it does not register again; 0: never; else as the settings have it.",
    };

    public Option<string> Format { get; } = Formats();

    public void AddTo(Command command)
    {
        command.Add(Name);
        foreach (var option in (Option[])[_loadBalancers, _targetGroups, _instance, Account, Region, _endpoint, _certificates, _services,
            _waitPort, _waitCommand, _drain, Lease, Format, _others])
        {
            command.Add(option);
        }
    }

    /// <summary>All but the key; throws <see cref="CommandException"/> for what cannot be.</summary>
    public MemberSetup Read(ParseResult parsed, RunningServer server)
    {
        string[] loadBalancers = parsed.GetValue(_loadBalancers) ?? [], targetGroups = parsed.GetValue(_targetGroups) ?? [];
        Ensure(loadBalancers.Length + targetGroups.Length > 0, "Name what it registers with: --load-balancer or --target-group.");
        var endpoint = Endpoint(parsed.GetValue(_endpoint) ?? server.Endpoint);
        var drain = parsed.GetValue(_drain);
        Ensure(drain is >= 0 and <= MostDrainSeconds, $"--drain-seconds is 0 to {MostDrainSeconds}.");
        Ensure(parsed.GetValue(Lease) is null or >= 0, "--lease is a number of seconds.");
        Ensure(parsed.GetValue(_waitPort) is null or (> 0 and <= 65535), "--wait-port is 1 to 65535.");
        var command = parsed.GetValue(_waitCommand);
        Ensure(command?.Any(char.IsControl) != true && command != "", "--wait-command is one line.");
        string[] services = parsed.GetValue(_services) ?? [];
        Ensure(services.All(unit => UnitForm().IsMatch(unit)), "--service is the full name of a unit, as nginx.service.");
        return new()
        {
            Endpoint = endpoint,
            Region = "",
            AccessKeyId = "",
            SecretAccessKey = "",
            Instance = parsed.GetValue(_instance) ?? parsed.GetValue(Name)!,
            LoadBalancers = loadBalancers,
            TargetGroups = targetGroups,
            Certificates = endpoint.Scheme == Uri.UriSchemeHttps
                ? Certificates(parsed.GetValue(_certificates) ?? server.CertificateFile) : null,
            RenewSeconds = null,
            DrainSeconds = drain,
            WaitPort = parsed.GetValue(_waitPort),
            WaitCommand = command,
            Services = services,
        };
    }

    public IReadOnlyList<MimePart> ReadOthers(ParseResult parsed)
    {
        string[] files = parsed.GetValue(_others) ?? [];
        Ensure(files.Length == 0 || parsed.GetValue(Format) == "mime", "--attach goes with --format mime.");
        return
        [
            .. files.Select((file, index) => MimePart.Of($"part-{index + 1}", Text(file))
                ?? throw new CommandException($"{file} begins neither with #cloud-config nor with #!.", ExitCodes.WrongUse)),
        ];
    }

    private static Option<string> Formats()
    {
        var format = new Option<string>("--format")
        {
            DefaultValueFactory = _ => "cloud-config",
            Description = "cloud-config or mime, both for cloud-init, or env: the settings file of clb-register alone.",
        };
        format.AcceptOnlyFromAmong("cloud-config", "mime", "env");
        return format;
    }

    /// <summary>A URL that clb-register takes.</summary>
    private static Uri Endpoint(string text)
    {
        Ensure(
            Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0
                && url.Port > 0 && EndpointForm().IsMatch(url.AbsoluteUri),
            "--endpoint is a URL: http:// or https://, a host, and where needed a port and a plain path.");
        return new(text);
    }

    /// <summary>The certificates of a file, and nothing else of it: a key may stand there too.</summary>
    private static string? Certificates(string? file)
    {
        if (file is null)
        {
            return null;
        }

        var text = Text(file);
        var found = new StringBuilder();
        for (var rest = text.AsSpan(); PemEncoding.TryFind(rest, out var fields); rest = rest[fields.Location.End..])
        {
            if (rest[fields.Label] is "CERTIFICATE")
            {
                found.Append(rest[fields.Location]).Append('\n');
            }
        }

        Ensure(found.Length > 0, $"There is no certificate in {file}.");
        return found.ToString().ReplaceLineEndings("\n");
    }

    private static string Text(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{file} cannot be read: {exception.Message}");
        }
    }

    private static void Ensure(bool isRight, string rule)
    {
        if (!isRight)
        {
            throw new CommandException(rule, ExitCodes.WrongUse);
        }
    }

    [GeneratedRegex(@"\Ahttps?://[A-Za-z0-9.\[\]:_-]+(/[A-Za-z0-9._~-]+)*/?\z")]
    private static partial Regex EndpointForm();

    [GeneratedRegex(@"\A[A-Za-z0-9:_.@\\-]{1,240}\.(service|socket|target|path|mount)\z")]
    private static partial Regex UnitForm();
}
