using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Status;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Status;

namespace CloudLb.HAProxy.Members;

/// <summary>
/// A check of our own for a member that has just joined, with the meaning of HAProxy's: HAProxy's first one comes a whole interval after a
/// server was added at run time, and at AWS one pass is enough.
/// </summary>
internal static class FirstProbe
{
    private const int StatusLineLength = 4096;
    private const int StatusLength = 3;
    private const string Connecting = "L4", ShakingHands = "L6", Asking = "L7";

    /// <summary>A PROXY line of version 2 that says that nobody is behind it (LOCAL, no addresses).</summary>
    private static readonly byte[] ForItself =
        [0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a, 0x20, 0x00, 0x00, 0x00];

    /// <summary>Makes the check. The answer is in HAProxy's words for the same thing.</summary>
    public static async Task<CheckAnswer> MakeAsync(
        IPEndPoint endpoint, PlannedProbe probe, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = clock.CreateTimer(_ => limit.Cancel(), null, probe.Timeout, Timeout.InfiniteTimeSpan);
        var layer = Connecting;
        try
        {
            if (probe.IsHttp2)
            {
                layer = Asking;
                return await Http2Probe.MakeAsync(endpoint, probe, limit.Token);
            }

            using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            if (probe.IsOfLoadBalancer)
            {
                socket.Bind(new IPEndPoint(ChainLines.Source, 0));
            }

            await socket.ConnectAsync(endpoint, limit.Token);
            await using var plain = new NetworkStream(socket);
            if (probe.IsOfLoadBalancer)
            {
                await plain.WriteAsync(ForItself, limit.Token);
            }

            if (probe.Protocol == ProbeProtocol.Tcp)
            {
                return CheckWords.Answer("L4OK");
            }

            if (probe.Protocol == ProbeProtocol.Http)
            {
                layer = Asking;
                return await AskAsync(plain, endpoint.Address, probe, limit.Token);
            }

            layer = ShakingHands;
            await using var secure = new SslStream(plain);
            await ShakeHandsAsync(secure, limit.Token);
            layer = Asking;
            return probe.Protocol == ProbeProtocol.Ssl
                ? CheckWords.Answer("L6OK")
                : await AskAsync(secure, endpoint.Address, probe, limit.Token);
        }
        catch (Exception exception) when (IsFailure(exception) && !cancellationToken.IsCancellationRequested)
        {
            return Failure(layer, exception);
        }
    }

    private static bool IsFailure(Exception exception) =>
        exception is SocketException or IOException or AuthenticationException or OperationCanceledException or HttpRequestException;

    private static CheckAnswer Failure(string layer, Exception exception) => (layer, exception) switch
    {
        (_, OperationCanceledException) => CheckWords.Answer($"{layer}TOUT"),
        (Connecting, _) => CheckWords.Answer("L4CON", text: exception.Message),
        (ShakingHands, _) => CheckWords.Answer("L6RSP", text: exception.Message),
        _ => CheckWords.Answer("SOCKERR", text: exception.InnerException?.Message ?? exception.Message),
    };

    private static async Task ShakeHandsAsync(SslStream secure, CancellationToken cancellationToken)
    {
        await secure.AuthenticateAsClientAsync(TlsWithoutTrust.Client(), cancellationToken);
    }

    private static async Task<CheckAnswer> AskAsync(
        Stream stream, IPAddress address, PlannedProbe probe, CancellationToken cancellationToken)
    {
        var host = address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
        var agent = probe.UserAgent.Length > 0 ? $"User-Agent: {probe.UserAgent}\r\n" : "";
        var request = $"GET {probe.Path} HTTP/1.1\r\nHost: {host}\r\n{agent}Connection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), cancellationToken);

        var buffer = new byte[StatusLineLength];
        var count = 0;
        int read;
        while (count < buffer.Length && !buffer.AsSpan(0, count).Contains((byte)'\n') &&
            (read = await stream.ReadAsync(buffer.AsMemory(count), cancellationToken)) > 0)
        {
            count += read;
        }

        var words = Encoding.ASCII.GetString(buffer, 0, count).Split('\n')[0].TrimEnd('\r').Split(' ');
        if (words.Length < 2 || !words[0].StartsWith("HTTP/1.", StringComparison.Ordinal)
            || words[1].Length != StatusLength || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status))
        {
            return CheckWords.Answer("L7RSP");
        }

        return probe.Statuses.Contains(status)
            ? CheckWords.Answer("L7OK", status)
            : CheckWords.Answer("L7STS", status, string.Join(' ', words[2..]));
    }
}
