using System.Net;
using System.Net.Sockets;
using CloudLb.Core.Traffic.Reconciliation;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudLb.HAProxy.Machine;

/// <summary>
/// Finds out, by doing it once, whether this process may bind addresses that are not this machine's, as HAProxy is to: it has the
/// capabilities that CloudLb has, as long as it stays the same user.
/// </summary>
internal sealed partial class TransparentBind : IClientAddressKeeper
{
    // IP_TRANSPARENT of SOL_IP.
    private const int IpLevel = 0, Transparent = 19;

    // Of a network that is nobody's (RFC 5737).
    private static readonly IPAddress Foreign = IPAddress.Parse("203.0.113.1");

    public TransparentBind(IOptions<HAProxyOptions> options, ILogger<TransparentBind> logger)
    {
        WhyNot = options.Value.KeepClientAddresses ? Fault(options.Value) : "the setting HAProxy:KeepClientAddresses is off";
        if (options.Value.KeepClientAddresses && WhyNot is not null)
        {
            Log.NotKept(logger, WhyNot);
        }
    }

    public string? WhyNot { get; }

    private static string? Fault(HAProxyOptions options)
    {
        if (HAProxyUser.IsOther(options))
        {
            return "HAProxy changes to another user, which takes its capabilities; start CloudLb as an unprivileged user with CAP_NET_RAW";
        }

        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.SetRawSocketOption(IpLevel, Transparent, BitConverter.GetBytes(1));
            socket.Bind(new IPEndPoint(Foreign, 0));
            return null;
        }
        catch (SocketException exception)
        {
            return $"this machine does not let CloudLb bind clients' addresses (CAP_NET_RAW or CAP_NET_ADMIN): {exception.Message}";
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            5047, LogLevel.Warning,
            "Clients' addresses cannot be kept: {Reason}. Targets that are to see them see this machine's, and no more are let ask for it")]
        public static partial void NotKept(ILogger logger, string reason);
    }
}
