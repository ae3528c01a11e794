using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Xml.Linq;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Faults;

/// <summary>
/// Random changes of a few load balancers, several at a time and one at a time for each, and what must be in force by their answers: the
/// new state after an answer, the old or the new one after a connection that broke.
/// </summary>
internal sealed class RandomChanges(int seed)
{
    private const int Workers = 3;
    private const int NamesEach = 2;
    private const int Instances = 4;
    private const int FirstPort = 8081;
    private const int PortsEach = 3;

    private readonly Random _random = new(seed);
    private readonly Dictionary<string, ModelLoadBalancer> _known =
        Enumerable.Range(0, Workers * NamesEach)
        .Select(NameOf)
        .ToDictionary(name => name, ModelLoadBalancer.Absent);
    private readonly ConcurrentDictionary<string, ModelLoadBalancer> _attempted = new();

    public int Answered { get; private set; }

    /// <summary>Changes until it is told to stop or the server does not answer any more.</summary>
    public async Task RunAsync(ElbApi api, CancellationToken stop, CancellationToken cancellationToken)
    {
        var seeds = Enumerable.Range(0, Workers).Select(_ => _random.Next()).ToArray();
        await Task.WhenAll(seeds.Select((workerSeed, worker) => WorkAsync(api, worker, new Random(workerSeed), stop, cancellationToken)));
    }

    /// <summary>Holds what the server says there is against what it has answered, and goes on from there.</summary>
    public async Task<IReadOnlyList<ModelLoadBalancer>> CompareAsync(ElbApi api, CancellationToken cancellationToken)
    {
        var described = XDocument.Parse((await api.CallAsync("Action=DescribeLoadBalancers", cancellationToken)).Body).Descendants()
            .Where(element => element.Name.LocalName == "LoadBalancerDescriptions").Elements().Select(Read).ToDictionary(read => read.Name);
        foreach (var name in _known.Keys.ToList())
        {
            var actual = described.GetValueOrDefault(name) ?? ModelLoadBalancer.Absent(name);
            var allowed = _attempted.TryGetValue(name, out var attempted) ? new[] { _known[name], attempted } : [_known[name]];
            Assert.True(
                allowed.Contains(actual),
                $"By the answers {name} is one of <{string.Join("> <", allowed.Select(state => state.ToString()))}>; described is " +
                $"<{actual}>.");
            _known[name] = actual;
        }

        _attempted.Clear();
        return [.. _known.Values.Where(loadBalancer => loadBalancer.IsThere)];
    }

    private static string NameOf(int number) => $"lb-{number}";

    private async Task WorkAsync(ElbApi api, int worker, Random random, CancellationToken stop, CancellationToken cancellationToken)
    {
        while (!stop.IsCancellationRequested)
        {
            var name = NameOf((worker * NamesEach) + random.Next(NamesEach));
            ModelLoadBalancer before;
            lock (_known)
            {
                before = _known[name];
            }

            var (form, after) = Change(before, random);
            _attempted[name] = after;
            try
            {
                var answer = await api.SendAsync($"{form}&Version=2012-06-01", cancellationToken);
                Assert.True(answer.Status == 200, $"{form} was answered {answer.Body}");
            }
            catch (HttpRequestException)
            {
                return;
            }

            lock (_known)
            {
                _known[name] = after;
                Answered++;
            }

            _attempted.TryRemove(name, out _);
        }
    }

    private static (string Form, ModelLoadBalancer After) Change(ModelLoadBalancer now, Random random)
    {
        var port = FirstPort + random.Next(PortsEach);
        var instance = $"127.0.0.{2 + random.Next(Instances)}";
        var target = random.Next(2) == 0 ? $"TCP:{9 + random.Next(5)}" : $"HTTP:80/{random.Next(5)}";
        var listener = $"&Listeners.member.1.Protocol=HTTP&Listeners.member.1.LoadBalancerPort={port}&Listeners.member.1.InstancePort=9";
        return random.Next(now.IsThere ? 8 : 0) switch
        {
            _ when !now.IsThere =>
                ($"Action=CreateLoadBalancer&LoadBalancerName={now.Name}&AvailabilityZones.member.1=us-east-1a{listener}",
                new(now.Name, [port], [], ModelLoadBalancer.FirstTarget)),
            0 => ($"Action=DeleteLoadBalancer&LoadBalancerName={now.Name}", ModelLoadBalancer.Absent(now.Name)),
            1 => ($"Action=CreateLoadBalancerListeners&LoadBalancerName={now.Name}{listener}", now with { Ports = now.Ports.Add(port) }),
            2 when now.Ports.Count > 1 =>
                ($"Action=DeleteLoadBalancerListeners&LoadBalancerName={now.Name}&LoadBalancerPorts.member.1={now.Ports[0]}",
                now with { Ports = now.Ports.Remove(now.Ports[0]) }),
            3 => ($"Action=ConfigureHealthCheck&LoadBalancerName={now.Name}&HealthCheck.Target={Uri.EscapeDataString(target)}" +
                "&HealthCheck.Interval=30&HealthCheck.Timeout=5&HealthCheck.HealthyThreshold=2&HealthCheck.UnhealthyThreshold=2",
                now with { Target = target }),
            4 or 5 => ($"Action=DeregisterInstancesFromLoadBalancer&LoadBalancerName={now.Name}&Instances.member.1.InstanceId={instance}",
                now with { Instances = now.Instances.Remove(instance) }),
            _ => ($"Action=RegisterInstancesWithLoadBalancer&LoadBalancerName={now.Name}&Instances.member.1.InstanceId={instance}",
                now with { Instances = now.Instances.Add(instance) }),
        };
    }

    private static ModelLoadBalancer Read(XElement described)
    {
        IEnumerable<string> Values(string name) =>
            described.Descendants().Where(element => element.Name.LocalName == name).Select(element => element.Value);
        return new(
            Values("LoadBalancerName").Single(), [.. Values("LoadBalancerPort").Select(int.Parse)], [.. Values("InstanceId")],
            Values("Target").Single());
    }
}
