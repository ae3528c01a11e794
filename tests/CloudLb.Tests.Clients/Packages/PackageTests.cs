using System.Globalization;
using System.Net;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Packages;

/// <summary>The Debian packages, installed, upgraded under traffic, removed and purged on a clean Debian.</summary>
public sealed class PackageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // /etc/haproxy with its owners, what HAProxy's own service is, and whether it is enabled.
    private const string HAProxys = "cd / && find etc/haproxy etc/default/haproxy lib/systemd/system/haproxy.service -type f | sort | " +
        "xargs sha256sum; find etc/haproxy -printf '%p %u %g %m\\n' | sort; find etc/systemd/system -name '*haproxy*' | sort";

    // Everything with CloudLb's name but what says that it was once here, and what the test has put there.
    private const string Left = "find / -xdev \\( -path /proc -o -path /dev -o -path /sys -o -path /packages " +
        "-o -path '*/cloudlb.service.d' \\) -prune -o -name '*cloudlb*' -print | sort";

    private const string OfItsUser = "for each in /proc/[0-9]*; do stat -c %U $each 2>/dev/null; done | grep cloudlb || :";

    private const string Kept =
        "test ! -e /run/cloudlb && test -s /var/lib/cloudlb/cloudlb.db && grep -q Audit /etc/cloudlb/appsettings.json";

    private const string HAProxyProcesses =
        "for each in /proc/[0-9]*; do [ \"$(cat $each/comm 2>/dev/null)\" != haproxy ] || echo ${each#/proc/}; done";

    private const string Settings =
        """{ "CloudLb": { "DataDirectory": "/var/lib/cloudlb", "HAProxy": { "Mode": "Attach" }, "Audit": { "MaxFiles": 7 } } }""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lintian_has_nothing_to_say()
    {
        string[] packages = [BuiltPackages.OrSkip("cloudlb"), BuiltPackages.OrSkip("cloudlb-tools")];
        Installed.OrSkip(File.Exists("/usr/bin/lintian"), "lintian is not installed (apt install lintian).");

        var told = await ChildProcess.RunAsync(
            "lintian", ["--no-cfg", "--allow-root", "--fail-on", "error,warning", .. packages], [], Token, Patience);

        Assert.Equal((0, ""), (told.ExitCode, told.Output));
    }

    [Fact]
    public async Task The_service_is_installed_upgraded_under_traffic_removed_and_purged()
    {
        var package = BuiltPackages.OrSkip("cloudlb");
        await using var machine = await DebianMachine.StartOrSkipAsync(Token);
        await using var instance = await Backend.StartAsync(Token);
        var packages = Directory.CreateDirectory(Path.Combine(machine.Root, "packages")).FullName;
        File.Copy(package, Path.Combine(packages, "first.deb"));
        await BuiltPackages.LaterAsync(package, Path.Combine(packages, "later.deb"), Token);
        var haproxys = await machine.DoAsync(HAProxys, Token);
        var url = new Uri($"http://127.0.0.1:{Ports.Free(IPAddress.Loopback)}");
        Configure(machine.Root, url);

        await machine.DoAsync("dpkg -i /packages/first.deb", Token);
        var api = new ElbApi(url);
        await ReadyAsync(machine, url);
        await IsInstalledAsync(machine);
        Assert.Equal(haproxys, await machine.DoAsync(HAProxys, Token));

        await api.CreateWebAsync("web", instance.Port, Token);
        await api.RegisterAsync("web", instance.Address, Token);
        var address = await machine.DoAsync("cloudlb address web", Token);
        var web = new Uri($"http://{address}:{Ports.Http}/");
        await Traffic.AnswersAsync(web, 200, Token);
        await api.BecomesAsync("web", instance.Address, "InService", Token);
        await IsUpgradedAsync(machine, instance, web, url);
        Assert.Equal(haproxys, await machine.DoAsync(HAProxys, Token));

        // Removed, nothing runs and no key is left in memory; what is kept stays, and is served when the package is back.
        await machine.DoAsync("dpkg -r cloudlb", Token);
        Assert.Equal(0, (await Traffic.GetAsync(web, Token)).Status);
        Assert.Equal("", await machine.DoAsync(OfItsUser, Token));
        await machine.DoAsync(Kept, Token);
        await machine.DoAsync("dpkg -i /packages/later.deb", Token);
        await ReadyAsync(machine, url);
        Assert.Equal((200, instance.Address), await Traffic.AnswersAsync(web, 200, Token));

        await machine.DoAsync("dpkg -P cloudlb", Token);
        Assert.Equal(0, (await Traffic.GetAsync(web, Token)).Status);
        Assert.Equal("", await machine.DoAsync(Left, Token));
        Assert.Equal(haproxys, await machine.DoAsync(HAProxys, Token));
    }

    [Fact]
    public async Task The_commands_are_installed_and_removed()
    {
        var package = BuiltPackages.OrSkip("cloudlb-tools");
        await using var machine = await DebianMachine.StartOrSkipAsync(Token);
        var packages = Directory.CreateDirectory(Path.Combine(machine.Root, "packages")).FullName;
        File.Copy(package, Path.Combine(packages, "tools.deb"));

        await machine.DoAsync("dpkg -i /packages/tools.deb", Token);

        Assert.Contains("elb-create-lb", await machine.DoAsync("elb-create-lb --help", Token), StringComparison.Ordinal);
        Assert.Contains("cloudlb-tools", await machine.DoAsync("readlink /usr/bin/eulb-describe-lbs", Token), StringComparison.Ordinal);
        await machine.DoAsync("test -s /usr/share/man/man1/elb-create-lb.1.gz", Token);
        Assert.StartsWith("clb-register (CloudLb)", await machine.DoAsync("clb-register --version", Token), StringComparison.Ordinal);
        Assert.Equal("clb-register", await machine.DoAsync("readlink /usr/bin/clb-unregister", Token));
        await machine.DoAsync("test -s /usr/share/man/man1/clb-register.1.gz && test -s /usr/share/man/man1/clb-unregister.1.gz", Token);
        await machine.DoAsync(
            "bash -c '. /usr/share/bash-completion/completions/elb-create-lb && complete -p elb-create-lb'", Token);

        await machine.DoAsync("dpkg -P cloudlb-tools", Token);
        Assert.Equal("", await machine.DoAsync(Left, Token));
        await machine.DoAsync("! ls /usr/bin | grep -E '^(e(u)?lb|clb)-'", Token);
    }

    /// <summary>An administrator's own lines beside the unit: places that nobody else has here, and a key that is known.</summary>
    private static void Configure(string root, Uri url)
    {
        var beside = Directory.CreateDirectory(Path.Combine(root, "etc", "systemd", "system", "cloudlb.service.d")).FullName;
        File.WriteAllText(
            Path.Combine(beside, "here.conf"),
            $"""
            [Service]
            Environment=CloudLb__Url={url.ToString().TrimEnd('/')}
            Environment=CloudLb__AddressPool={Ports.Network()}.0/24
            Environment=CloudLb__AccessKeyId={Account.First.AccessKeyId}
            Environment=CloudLb__SecretAccessKey={Account.First.SecretAccessKey}
            Environment=CloudLb__SharedAddress__Enabled=false

            """);
    }

    private static Task ReadyAsync(DebianMachine machine, Uri url) => Wait.ForAsync(
        async () => (Status: (await Traffic.GetAsync(new(url, "/health"), Token)).Status, machine.Said), seen => seen.Status == 200, Token);

    private static async Task IsInstalledAsync(DebianMachine machine)
    {
        Assert.Equal("cloudlb:cloudlb:700", await machine.DoAsync("stat -c %U:%G:%a /var/lib/cloudlb", Token));
        Assert.Equal("root:cloudlb:640", await machine.DoAsync("stat -c %U:%G:%a /etc/cloudlb/appsettings.json", Token));
        Assert.Equal("enabled", await machine.DoAsync("systemctl is-enabled cloudlb.service", Token));
        Assert.Equal("start cloudlb", await machine.DoAsync("grep -E '^(start|stop)' /run/stand-in/calls", Token));

        // The service's own user, without a shell or a password, and one capability.
        Assert.Matches(
            "^cloudlb:x:[0-9]+:[0-9]+:.*:/var/lib/cloudlb:/usr/sbin/nologin$", await machine.DoAsync("getent passwd cloudlb", Token));
        Assert.Equal(
            ["cloudlb", "0000000000000400"],
            (await machine.DoAsync(
                "process=$(cat /run/stand-in/cloudlb.pid); stat -c %U /proc/$process; sed -n 's/^CapEff:.//p' /proc/$process/status",
                Token)).Split('\n'));
        Assert.Equal("/usr/lib/cloudlb/cloudlb", await machine.DoAsync("readlink -f /usr/bin/cloudlb", Token));
        await machine.DoAsync("logrotate --debug /etc/logrotate.d/cloudlb", Token);
        await machine.DoAsync("cloudlb config check | grep -qx 'CloudLb:DataDirectory = /var/lib/cloudlb'", Token);

        // Beside the service there may be servers for tests.
        await machine.DoAsync("cloudlb config check --Ephemeral | grep -qx 'CloudLb:HAProxy:Mode = Child'", Token);
        await machine.DoAsync(
            "bash -c '. /usr/share/bash-completion/completions/cloudlb && complete -p cloudlb' && test -s /usr/share/man/man1/cloudlb.1.gz",
            Token);
    }

    private static async Task IsUpgradedAsync(DebianMachine machine, Backend instance, Uri web, Uri url)
    {
        await File.WriteAllTextAsync(Path.Combine(machine.Root, "etc", "cloudlb", "appsettings.json"), Settings, Token);
        var before = await SettledAsync(machine);
        await using var steady = new SteadyTraffic(web);
        await steady.MoreAsync(10, Token);
        var begun = Traffic.GetAsync(new(web, "slow"), Token);
        await instance.SlowArrived;

        await machine.DoAsync("dpkg -i /packages/later.deb", Token);
        await ReadyAsync(machine, url);
        await steady.MoreAsync(20, Token);

        var after = await SettledAsync(machine);
        Assert.Equal(before.HAProxy, after.HAProxy);
        Assert.NotEqual(before.Server, after.Server);
        instance.Release();
        Assert.Equal(200, (await begun).Status);
        Assert.Empty(steady.Failures);
        Assert.EndsWith(".later", await machine.DoAsync("dpkg-query -W -f '${Version}' cloudlb", Token), StringComparison.Ordinal);

        // What was set stays set, and is in force; the API goes on.
        Assert.Equal(Settings, await File.ReadAllTextAsync(Path.Combine(machine.Root, "etc", "cloudlb", "appsettings.json"), Token));
        Assert.Equal("root:cloudlb:640", await machine.DoAsync("stat -c %U:%G:%a /etc/cloudlb/appsettings.json", Token));
        await machine.DoAsync("cloudlb config check | grep -qx 'CloudLb:Audit:MaxFiles = 7'", Token);
        Assert.Equal("InService", (await new ElbApi(url).HealthAsync("web", instance.Address, Token)).State);
    }

    /// <summary>When no process of HAProxy is left that only finishes what it has.</summary>
    private static async Task<(int Server, int HAProxy)> SettledAsync(DebianMachine machine)
    {
        var found = await Wait.ForAsync(
            async () => (await machine.DoAsync($"cat /run/stand-in/cloudlb.pid; {HAProxyProcesses}", Token)).Split('\n'),
            numbers => numbers.Length == 2, Token);
        return (int.Parse(found[0], CultureInfo.InvariantCulture), int.Parse(found[1], CultureInfo.InvariantCulture));
    }
}
