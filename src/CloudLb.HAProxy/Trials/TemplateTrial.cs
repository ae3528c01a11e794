using System.Net;
using CloudLb.Core.Accounts;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Executable;
using CloudLb.HAProxy.Files;
using CloudLb.HAProxy.Machine;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Templates;

namespace CloudLb.HAProxy.Trials;

/// <summary>
/// Has HAProxy look at templates before anything is served with them: with a load balancer that has a listener and a pool of each kind.
/// Used by one at a time.
/// </summary>
internal sealed class TemplateTrial(HAProxyBinary binary, HAProxyDirectory directory)
{
    private const string HttpPool = "8000", TcpPool = "t9000";

    private static readonly PlannedProbe Probe = new()
    {
        Protocol = ProbeProtocol.Tcp,
        Port = null,
        Path = "",
        Interval = TimeSpan.FromSeconds(30),
        Timeout = TimeSpan.FromSeconds(5),
        Rise = 10,
        Fall = 2,
    };

    /// <summary>Null when HAProxy takes it; else why not, by the operator's file and HAProxy's own words where there are any.</summary>
    /// <param name="shared">Of what all share.</param>
    /// <param name="ofLoadBalancer">Of a load balancer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<string?> WhyNotAsync(TemplateSet? shared, TemplateSet? ofLoadBalancer, CancellationToken cancellationToken)
    {
        try
        {
            var configuration = Compose(shared, ofLoadBalancer);
            Write(configuration);
            var (exitCode, text) = await binary.RunAsync(["-c", "-f", File("haproxy.cfg")], cancellationToken);
            return exitCode == 0 ? null : TrialFaults.Read(text, configuration);
        }
        catch (TemplateException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>What a process with one load balancer would be given.</summary>
    public CellConfiguration Compose(TemplateSet? shared, TemplateSet? ofLoadBalancer) => CellConfiguration.Compose(
        new()
        {
            MaxConnections = 2000,
            LoadBalancers = 1,
            FirstRequestTimeout = HAProxyOptions.UsualFirstRequestTimeout,
            MaxSilentConnectionsPerSource = 1000,
            Threads = 1,
            CheckSpread = TimeSpan.FromSeconds(1),
            CommandSocket = File("socket"),
            PassOnSocket = File("next"),
            NextSocket = File("next"),
            HealthSocket = directory.HealthSocket,
            StateFile = File("state"),
            ErrorFileDirectory = directory.ErrorFileDirectory,
            Answers = [],
            ScriptFile = directory.ScriptFile,
            TablesFile = directory.TablesFile,
            HasLua = binary.Capabilities.HasLua,
            HeaderNamesFile = directory.HeaderNamesFile,
            CertificateDirectory = directory.Trial,
            IsNulRefused = binary.Capabilities.RefusesNul,
            Templates = shared,
            GlobalText = "",
        },
        [LoadBalancerSections.Render(Sample(ofLoadBalancer), binary.Capabilities, templates: ofLoadBalancer)]);

    private void Write(CellConfiguration configuration)
    {
        directory.Restore();
        PrivateFile.Write(File(PassOnSections.ClosedList), "", isDurable: false);
        PrivateFile.Write(File(PassOnSections.ListenerMap), "", isDurable: false);
        PrivateFile.Write(File("haproxy.cfg"), configuration.Pieces, isDurable: false);
    }

    private string File(string name) => Path.Combine(directory.Trial, name);

    /// <summary>With a listener on each port that a template is about.</summary>
    private static PlannedLoadBalancer Sample(TemplateSet? templates)
    {
        var ports = (templates?.Files ?? []).Select(file => file.Port).OfType<int>().Append(80).Distinct().Order().ToList();
        return new()
        {
            Id = new(ProxyName.PlainKind, new AccountId("123456789012"), "us-east-1", "sample"),
            Addresses = [IPAddress.Loopback],
            Listeners =
            [
                .. ports.Select(port => Listener(port, TrafficMode.Http, HttpPool)),
                Listener(Enumerable.Range(9000, 65_000).First(port => !ports.Contains(port)), TrafficMode.Tcp, TcpPool),
            ],
            Pools = [Pool(HttpPool, TrafficMode.Http, 8000), Pool(TcpPool, TrafficMode.Tcp, 9000)],
            HealthPool = HttpPool,
            Answers = new(ProxyName.PlainKind, []),
        };
    }

    private static PlannedListener Listener(int port, TrafficMode mode, string pool) => new()
    {
        Port = port,
        Mode = mode,
        Http = mode == TrafficMode.Http ? new() { DesyncMitigation = DesyncMitigation.Defensive } : null,
        DefaultAction = PlannedAction.Forward.To(pool),
        IdleTimeout = TimeSpan.FromSeconds(60),
    };

    private static PlannedPool Pool(string name, TrafficMode mode, int port) => new()
    {
        Name = name,
        Mode = mode,
        Balance = BalanceLines.UsualOf(mode),
        MemberPort = port,
        IdleTimeout = TimeSpan.FromSeconds(60),
        Probe = Probe,
        Members = [Member("i-0000000a", "10.0.0.1", "us-east-1a", port), Member("i-0000000b", "10.0.0.2", "us-east-1b", port)],
    };

    private static PlannedMember Member(string id, string address, string zone, int port) =>
        new() { Target = id, Address = IPAddress.Parse(address), Port = port, Zone = zone, Weight = 1 };
}
