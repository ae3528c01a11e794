using System.Diagnostics;

namespace CloudLb.Bench.Processes;

/// <summary>An HAProxy of the benchmark's own, with a configuration written by hand: the instances, and the yardstick of traffic.</summary>
internal static class HAProxyProcess
{
    /// <summary>As many as CloudLb gives the one process that serves everything, up to two processors.</summary>
    public static int Threads => Math.Min(2, Environment.ProcessorCount);

    /// <summary>Instances that answer a short text, one at each address.</summary>
    /// <param name="workplace">Where its configuration goes.</param>
    /// <param name="addresses">Of the instances.</param>
    /// <param name="port">Of each of them.</param>
    /// <param name="cancellationToken">Ends the wait for it.</param>
    /// <param name="keepConnections">
    /// Whether a connection is kept after an answer. Behind thousands of load balancers, each of which keeps its own for some seconds, it
    /// takes no new ones when it has as many as its descriptors bear, and load balancers wait for it.
    /// </param>
    public static Task<ChildProcess> StartInstancesAsync(
        Workplace workplace, IEnumerable<string> addresses, int port, CancellationToken cancellationToken, bool keepConnections = true) =>
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
              option {(keepConnections ? "http-keep-alive" : "httpclose")}
              http-request return status 200 content-type text/plain string "ok"
            {string.Join("\n", addresses.Select(address => $"  bind {address}:{port}"))}
            """,
            cancellationToken);

    /// <summary>
    /// What somebody writes by hand who wants of HAProxy what an HTTP, HTTPS and TCP listener of AWS's do for each request: the same
    /// headers, spelled as they are there, and the same limits; with as many threads and connections as CloudLb gives HAProxy.
    /// </summary>
    public static async Task<ChildProcess> StartByHandAsync(
        Workplace workplace, HandWritten written, CancellationToken cancellationToken) =>
        await StartByHandAsync(workplace, written.Text(Threads), cancellationToken);

    /// <summary>One with that configuration, in a session of its own.</summary>
    public static Task<ChildProcess> StartByHandAsync(Workplace workplace, string configuration, CancellationToken cancellationToken) =>
        StartAsync(workplace, "by-hand", configuration, cancellationToken, isOnItsOwn: true);

    /// <summary>The processes that serve a CloudLb, found by its data directory in their command lines.</summary>
    public static IReadOnlyList<int> Of(string dataDirectory) =>
    [
        .. Process.GetProcessesByName("haproxy")
            .Select(process => process.Id)
            .Where(
                id =>
                    File.Exists($"/proc/{id}/cmdline")
                        && File.ReadAllText($"/proc/{id}/cmdline").Contains($"{dataDirectory}/", StringComparison.Ordinal)),
    ];

    private static async Task<ChildProcess> StartAsync(
        Workplace workplace, string name, string configuration, CancellationToken cancellationToken, bool isOnItsOwn = false)
    {
        var path = workplace.PathOf($"{name}.cfg");
        await File.WriteAllTextAsync(path, configuration.ReplaceLineEndings("\n") + "\n", cancellationToken);

        // Said on standard error when the listeners are open; -W without a second process would fork.
        string[] arguments = ["-V", "-db", "-f", path];
        return isOnItsOwn
            ? await ChildProcess.StartOnItsOwnAsync(Executable(), arguments, Heard, cancellationToken)
            : await ChildProcess.StartAsync(Executable(), arguments, [], Heard, cancellationToken);

        static bool Heard(string line) => line.StartsWith("Using ", StringComparison.Ordinal);
    }

    /// <summary>The program.</summary>
    public static string Executable() =>
        new[] { "/usr/sbin/haproxy", "/usr/local/sbin/haproxy" }.FirstOrDefault(File.Exists) ?? "haproxy";
}
