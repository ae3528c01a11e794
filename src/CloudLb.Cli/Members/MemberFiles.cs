using System.Globalization;
using System.Text;

namespace CloudLb.Cli.Members;

/// <summary>The files that make a machine a member.</summary>
internal static class MemberFiles
{
    /// <summary>Seconds for the calls of a member that goes, beside those of draining.</summary>
    private const int Grace = 60;

    public static IReadOnlyList<MemberFile> Of(MemberSetup setup)
    {
        List<MemberFile> files =
        [
            new(MemberFile.ScriptPath, "0755", Script()),
            new(MemberFile.SettingsPath, "0600", SettingsOf(setup)),
            new($"/etc/systemd/system/{MemberFile.Unit}", "0644", UnitOf(setup)),
        ];
        if (setup.Certificates is { } certificates)
        {
            files.Add(new(MemberFile.CertificatesPath, "0644", certificates));
        }

        return files;
    }

    /// <summary>What <c>clb-register</c> reads: the value is all that follows the first sign of equality.</summary>
    public static string SettingsOf(MemberSetup setup)
    {
        var text = new StringBuilder("# Read by clb-register. The key can do nothing but register and deregister this machine.\n");
        Add("CLB_URL", setup.Endpoint.AbsoluteUri);
        Add("CLB_REGION", setup.Region);
        Add("CLB_ACCESS_KEY_ID", setup.AccessKeyId);
        Add("CLB_SECRET_ACCESS_KEY", setup.SecretAccessKey);
        Add("CLB_INSTANCE", setup.Instance);
        Add("CLB_LOAD_BALANCERS", Joined(setup.LoadBalancers));
        Add("CLB_TARGET_GROUPS", Joined(setup.TargetGroups));
        Add("CLB_CA_FILE", setup.Certificates is null ? null : MemberFile.CertificatesPath);
        Add("CLB_RENEW_SECONDS", setup.RenewSeconds?.ToString(CultureInfo.InvariantCulture));
        Add("CLB_DRAIN_SECONDS", $"{setup.DrainSeconds}");
        Add("CLB_WAIT_PORT", setup.WaitPort?.ToString(CultureInfo.InvariantCulture));
        Add("CLB_WAIT_COMMAND", setup.WaitCommand);
        return text.ToString();

        static string? Joined(IReadOnlyList<string> names) => names.Count > 0 ? string.Join(',', names) : null;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                text.Append(name).Append('=').Append(value).Append('\n');
            }
        }
    }

    /// <summary>The unit that is shipped, with the machine's own services and patience.</summary>
    public static string UnitOf(MemberSetup setup)
    {
        var unit = Shipped("cloudlb-member.service")
            .Replace("TimeoutStopSec=360", $"TimeoutStopSec={setup.DrainSeconds + Grace}", StringComparison.Ordinal);
        if (setup.Services.Count == 0)
        {
            return unit;
        }

        var services = string.Join(' ', setup.Services);
        return unit
            .Replace("[Service]\n", $"After={services}\nPartOf={services}\n\n[Service]\n", StringComparison.Ordinal)
            .Replace("\n\nAfter=", "\nAfter=", StringComparison.Ordinal)
            .Replace("WantedBy=multi-user.target", $"WantedBy=multi-user.target {services}", StringComparison.Ordinal);
    }

    /// <summary><c>clb-register</c>.</summary>
    public static string Script() => Shipped("clb-register");

    private static string Shipped(string name)
    {
        using var stream = typeof(MemberFiles).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
