using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using CloudLb.Core.Planning;

namespace CloudLb.HAProxy.Health;

/// <summary>
/// A check of our own for a member that has just joined, with the meaning of HAProxy's: HAProxy's first one comes a whole interval after a server was
/// added at run time, and at AWS one pass is enough.
/// </summary>
internal static class FirstProbe
{
    private const int StatusLineLength = 4096;

    public static async Task<bool> PassesAsync(IPAddress address, PlannedProbe probe, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = clock.CreateTimer(_ => limit.Cancel(), null, probe.Timeout, Timeout.InfiniteTimeSpan);
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(new IPEndPoint(address, probe.Port), limit.Token);
            await using var plain = new NetworkStream(socket);
            return probe.Protocol switch
            {
                ProbeProtocol.Tcp => true,
                ProbeProtocol.Http => await AnswersAsync(plain, address, probe.Path, limit.Token),
                _ => await PassesSecurelyAsync(plain, address, probe, limit.Token),
            };
        }
        catch (Exception exception) when (IsFailure(exception) && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static bool IsFailure(Exception exception) => exception is SocketException or IOException or AuthenticationException or OperationCanceledException;

    private static async Task<bool> PassesSecurelyAsync(NetworkStream plain, IPAddress address, PlannedProbe probe, CancellationToken cancellationToken)
    {
        await using var secure = new SslStream(plain);
        var options = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
            CertificateChainPolicy = TlsWithoutTrust.Policy(),
            TargetHost = "",
        };
        await secure.AuthenticateAsClientAsync(options, cancellationToken);
        return probe.Protocol == ProbeProtocol.Ssl || await AnswersAsync(secure, address, probe.Path, cancellationToken);
    }

    private static async Task<bool> AnswersAsync(Stream stream, IPAddress address, string path, CancellationToken cancellationToken)
    {
        var host = address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
        var request = $"GET {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: ELB-HealthChecker/1.0\r\nConnection: close\r\n\r\n";
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
        return words.Length >= 2 && words[0].StartsWith("HTTP/1.", StringComparison.Ordinal) && words[1] == "200";
    }
}
