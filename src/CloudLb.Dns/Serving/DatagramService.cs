using System.Net;
using System.Net.Sockets;
using CloudLb.Dns.Answering;

namespace CloudLb.Dns.Serving;

/// <summary>Answers what comes to one address by UDP.</summary>
/// <remarks>
/// Each address has a socket of its own, so that an answer comes from where the question went to; resolvers drop it otherwise.
/// </remarks>
internal sealed class DatagramService(Socket socket, Responder responder, SourceLimits limits, DnsMetrics metrics)
{
    // No question is longer than its name and a few options; what is cut here is no message any more.
    private const int LongestQuestion = 2048;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestQuestion];
        var anybody = new IPEndPoint(
            socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, IPEndPoint.MinPort);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var received = await socket.ReceiveFromAsync(buffer, SocketFlags.None, anybody, cancellationToken);
                var source = (IPEndPoint)received.RemoteEndPoint;
                if (Answer(buffer.AsSpan(0, received.ReceivedBytes), source) is { } answer)
                {
                    await socket.SendToAsync(answer, SocketFlags.None, source, cancellationToken);
                }
            }
            catch (SocketException)
            {
                // A network that is not reachable, a buffer that is full: the asker asks again.
                metrics.Dropped("unsent");
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private byte[]? Answer(ReadOnlySpan<byte> message, IPEndPoint source)
    {
        var limit = source.Port == 0 || IsOfMany(source.Address) ? SourceLimit.Dropped : limits.Of(source.Address);
        if (limit == SourceLimit.Dropped)
        {
            metrics.Dropped("limit");
            return null;
        }

        if (responder.Answer(message, source.Address, isDatagram: true, limit == SourceLimit.HeldOff) is not { } answer)
        {
            metrics.Dropped("malformed");
            return null;
        }

        metrics.Answered(answer.Code, "udp");
        return answer.Message;
    }

    private static bool IsOfMany(IPAddress address) => address.IsIPv6Multicast || address.Equals(IPAddress.Broadcast)
        || (address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes()[0] is 0 or >= 224);
}
