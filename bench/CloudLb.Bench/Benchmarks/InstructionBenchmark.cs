using System.Net;
using System.Text.RegularExpressions;
using CloudLb.Bench.Load;
using CloudLb.Bench.Processes;
using CloudLb.Bench.Results;

namespace CloudLb.Bench.Benchmarks;

/// <summary>
/// What HAProxy computes for a request: as CloudLb configures it, as somebody does by hand for the same work, and with the least that
/// balances.
/// </summary>
internal sealed partial class InstructionBenchmark : IBenchmark
{
    private const string Plain = "GET / HTTP/1.1\r\nHost: web.example.com\r\n\r\n";

    private const string Browsers = "GET /a/b?c=d HTTP/1.1\r\nHost: web.example.com\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; " +
        "rv:120.0) Gecko/20100101 Firefox/120.0\r\n"
        + "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8\r\nAccept-Language: " +
            "en-US,en;q=0.5\r\n"
        + "Accept-Encoding: gzip, deflate, br\r\nConnection: keep-alive\r\nUpgrade-Insecure-Requests: 1\r\nSec-Fetch-Dest: " +
            "document\r\nSec-Fetch-Mode: navigate\r\n"
        + "Sec-Fetch-Site: none\r\nCookie: a=b; c=d\r\n\r\n";

    /// <summary>Half of what a log added when it was first counted, with Host alone.</summary>
    private const double LogGoal = 12_850;

    private static readonly ListenerPorts Ports = new(8080, 8443, 8090);

    public string Name => "instructions";

    public async Task<ResultTable> RunAsync(Workplace workplace, CancellationToken cancellationToken)
    {
        var network = workplace.Network();
        string[] instances = [$"{network}.0.1", $"{network}.0.2"];
        var instancePort = Workplace.FreePort();
        await using var instanceProcess = await HAProxyProcess.StartInstancesAsync(workplace, instances, instancePort, cancellationToken);
        await using var server = await CloudLbProcess.StartAsync(workplace, cancellationToken, ("CloudLb__HAProxy__Threads", "1"));
        var addresses = await MakeAsync(server, instances, instancePort, cancellationToken);
        var configuration = await ConfigurationAsync(workplace, server, addresses, network, cancellationToken);
        var byHand = new HandWritten(IPAddress.Parse($"{network}.1.1"), Ports, null, instances, instancePort, server.HeaderNames);
        var table = new ResultTable(
            "Instructions",
            "Instructions that HAProxy executes for a request on a kept-alive connection through an HTTP listener with two instances, " +
            "counted by callgrind (one thread, the kernel's not among them): a request with Host alone, and one with a browser's twelve " +
            "headers. The least configuration balances and no more; " +
            "the one by hand does to a request what an AWS listener does, as under Traffic. The last row leaves out of CloudLb's what " +
            "only CloudLb has: desync mitigation, 408 for clients that stop in their body, and the looks at whether the " +
            "process or the listener is about to end.",
            "", "Host alone", "a browser's");
        await RowAsync("least configuration", (byHand with { HeaderNames = null }).Text(1), byHand.Address);
        await RowAsync("by hand", byHand.Text(1), byHand.Address);
        var unlogged = await RowAsync("CloudLb", configuration, Counted("web"));
        var logged = await RowAsync("CloudLb, with an access log", configuration, Counted("logged"));
        table.Row(
            "what an access log adds", Figures.CountBelowGoal(logged.Plain - unlogged.Plain, LogGoal),
            Figures.Whole(logged.Browsers - unlogged.Browsers));
        await RowAsync("CloudLb, without desync mitigation and stopping", WithoutOwn(configuration), Counted("web"));
        return table;

        IPAddress Counted(string name) => IPAddress.Parse(AddressOf(network, addresses[name]));

        async Task<(double Plain, double Browsers)> RowAsync(string name, string text, IPAddress address)
        {
            var listener = new IPEndPoint(address, Ports.Http);
            var plain = await CountedHAProxy.CountAsync(workplace, text, listener, Plain, cancellationToken);
            var browsers = await CountedHAProxy.CountAsync(workplace, text, listener, Browsers, cancellationToken);
            table.Row(name, Figures.Whole(plain), Figures.Whole(browsers));
            return (plain, browsers);
        }
    }

    /// <summary>One load balancer without and one with an access log.</summary>
    private static async Task<IReadOnlyDictionary<string, IPAddress>> MakeAsync(
        CloudLbProcess server, string[] instances, int instancePort, CancellationToken cancellationToken)
    {
        using var elb = new ElbClient(server.Url);
        using var http = new HttpClient();
        await elb.CreateAsync("logged", Ports.Http, instancePort, cancellationToken);
        await elb.LogAsync("logged", cancellationToken);
        await elb.CreateAsync("web", Ports.Http, instancePort, cancellationToken);
        await elb.RegisterAsync("logged", instances, cancellationToken);
        await elb.RegisterAsync("web", instances, cancellationToken);
        var addresses = await server.AddressesAsync(cancellationToken);
        foreach (var address in addresses.Values)
        {
            await CloudLbProcess.WaitForAsync(http, new($"http://{address}:{Ports.Http}/"), HttpStatusCode.OK, cancellationToken);
        }

        return addresses;
    }

    /// <summary>
    /// What CloudLb has written, for a process of one's own beside the one that serves: with other addresses and sockets, and no change of
    /// user.
    /// </summary>
    private static async Task<string> ConfigurationAsync(
        Workplace workplace, CloudLbProcess server, IReadOnlyDictionary<string, IPAddress> addresses, string network,
        CancellationToken cancellationToken)
    {
        var directory = Path.Combine(server.DataDirectory, "haproxy", "cells", "1");
        var text = ServersOwn().Replace(await File.ReadAllTextAsync(Path.Combine(directory, "haproxy.cfg"), cancellationToken), "");
        text = PassedOn()
            .Replace(text, $"  bind 'unix@{workplace.PathOf("next")}' accept-proxy")
            .Replace("default-path config", $"default-path origin {directory}", StringComparison.Ordinal);
        return addresses.Values.Aggregate(
            text, (all, address) => all.Replace($"bind {address}:", $"bind {AddressOf(network, address)}:", StringComparison.Ordinal));
    }

    private static string AddressOf(string network, IPAddress address) => $"{network}.2.{address.GetAddressBytes()[3]}";

    private static string WithoutOwn(string configuration) => Own().Replace(
        Usual().Replace(configuration, "http-request allow unless { req.fhdr(x-forwarded-for) -m found } or { method -m len 128: }"), "");

    [GeneratedRegex("^  (?:[ug]id|stats socket) .*\n", RegexOptions.Multiline)]
    private static partial Regex ServersOwn();

    [GeneratedRegex("^  bind 'unix@.*(?= thread 1)|^  bind 'unix@.*", RegexOptions.Multiline)]
    private static partial Regex PassedOn();

    [GeneratedRegex("http-request allow unless {.*")]
    private static partial Regex Usual();

    [GeneratedRegex(
        @"^  (?!http-request allow unless {).*(?:res\.hdrs|http-after-response|txn\.arrived|framed|" +
        @"connected|not_upgrading|closed\.list|stopping|txn\.close).*\n",
        RegexOptions.Multiline)]
    private static partial Regex Own();
}
