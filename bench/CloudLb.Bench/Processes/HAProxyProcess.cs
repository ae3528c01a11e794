using System.Diagnostics;
using System.Net;

namespace CloudLb.Bench.Processes;

/// <summary>An HAProxy of the benchmark's own, with a configuration written by hand: the instances, and the yardstick of traffic.</summary>
internal static class HAProxyProcess
{
    /// <summary>Instances that answer a short text, one at each address.</summary>
    public static Task<ChildProcess> StartInstancesAsync(Workplace workplace, IEnumerable<string> addresses, int port, CancellationToken cancellationToken) =>
        StartAsync(
            workplace,
            "instances",
            $"""
            global
              nbthread 1
            defaults
              mode http
              timeout client 60s
            frontend instances
              http-request return status 200 content-type text/plain string "ok"
            {string.Join("\n", addresses.Select(address => $"  bind {address}:{port}"))}
            """,
            cancellationToken);

    /// <summary>The least that balances HTTP, HTTPS and TCP over the instances, with as many threads and connections as CloudLb gives HAProxy.</summary>
    /// <param name="certificateFile">The certificate and its key, PEM.</param>
    public static Task<ChildProcess> StartMinimalAsync(
        Workplace workplace, IPAddress address, ListenerPorts ports, string certificateFile, IEnumerable<string> instances, int instancePort, CancellationToken cancellationToken) =>
        StartAsync(
            workplace,
            "minimal",
            $"""
            global
              maxconn 8000
              nbthread {Math.Min(2, Environment.ProcessorCount)}
            defaults
              mode http
              timeout connect 5s
              timeout client 60s
              timeout server 60s
            frontend http
              bind {address}:{ports.Http}
              bind {address}:{ports.Https} ssl crt {certificateFile} ssl-max-ver TLSv1.2 ciphers ECDHE-RSA-AES128-GCM-SHA256
              default_backend http
            backend http
              balance leastconn
            {string.Join("\n", instances.Select((instance, index) => $"  server s{index} {instance}:{instancePort} check inter 30s"))}
            listen tcp
              mode tcp
              bind {address}:{ports.Tcp}
              balance roundrobin
            {string.Join("\n", instances.Select((instance, index) => $"  server s{index} {instance}:{instancePort} check inter 30s"))}
            """,
            cancellationToken);

    /// <summary>The processes that serve a CloudLb, found by its data directory in their command lines.</summary>
    public static IReadOnlyList<int> Of(string dataDirectory) =>
    [
        .. Process.GetProcessesByName("haproxy")
            .Select(process => process.Id)
            .Where(id => File.Exists($"/proc/{id}/cmdline") && File.ReadAllText($"/proc/{id}/cmdline").Contains($"{dataDirectory}/", StringComparison.Ordinal)),
    ];

    private static async Task<ChildProcess> StartAsync(Workplace workplace, string name, string configuration, CancellationToken cancellationToken)
    {
        var path = workplace.PathOf($"{name}.cfg");
        await File.WriteAllTextAsync(path, configuration.ReplaceLineEndings("\n") + "\n", cancellationToken);

        // Said on standard error when the listeners are open; -W without a second process would fork.
        return await ChildProcess.StartAsync(Executable(), ["-V", "-db", "-f", path], [], "Using ", cancellationToken);
    }

    private static string Executable() =>
        new[] { "/usr/sbin/haproxy", "/usr/local/sbin/haproxy" }.FirstOrDefault(File.Exists) ?? "haproxy";
}
