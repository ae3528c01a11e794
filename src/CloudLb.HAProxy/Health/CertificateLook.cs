using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CloudLb.Core.LoadBalancers;
using CloudLb.Core.Planning;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Process;

namespace CloudLb.HAProxy.Health;

/// <summary>A look at the certificate of a member that must show an accepted key: a TLS handshake like HAProxy's, and nothing after it.</summary>
/// <param name="Cell">Where the load balancer is.</param>
/// <param name="LoadBalancer">Whose member it is.</param>
/// <param name="Name">The member.</param>
/// <param name="Member">Where it is.</param>
/// <param name="Pool">Its pool, with the keys.</param>
/// <param name="Done">Completed when the cell knows.</param>
internal sealed record CertificateLook(
    Cell Cell, LoadBalancerKey LoadBalancer, MemberName Name, PlannedMember Member, PlannedPool Pool, TaskCompletionSource Done)
{
    /// <summary>
    /// The certificate, if the member proves that it has the key to it, and after it those that the member has sent besides; null when it cannot be had.
    /// </summary>
    public async Task<X509Certificate2Collection?> SeeAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = clock.CreateTimer(_ => limit.Cancel(), null, Pool.Probe.Timeout, Timeout.InfiniteTimeSpan);
        try
        {
            using var socket = new Socket(Member.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(new IPEndPoint(Member.Address, Member.Port), limit.Token);
            await using var plain = new NetworkStream(socket);
            if (Pool.IsProxyProtocolOn)
            {
                await plain.WriteAsync(ProxyLine(socket), limit.Token);
            }

            await using var secure = new SslStream(plain);
            var sent = new X509Certificate2Collection();
            var options = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, _, chain, _) => Keep(sent, chain),
                CertificateChainPolicy = TlsWithoutTrust.Policy(),
                TargetHost = "",

                // A resumed session would show the certificate that it began with.
                AllowTlsResume = false,
            };
            await secure.AuthenticateAsClientAsync(options, limit.Token);
            if (secure.RemoteCertificate is not { } certificate)
            {
                return null;
            }

            sent.Insert(0, X509CertificateLoader.LoadCertificate(certificate.GetRawCertData()));
            return sent;
        }
        catch (Exception exception) when (IsFailure(exception) && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static bool Keep(X509Certificate2Collection sent, X509Chain? chain)
    {
        // The chain disposes of its own.
        sent.AddRange((chain?.ChainPolicy.ExtraStore ?? []).Select(certificate => X509CertificateLoader.LoadCertificate(certificate.RawData)).ToArray());
        return true;
    }

    /// <summary>A member that expects the line takes no handshake without it, whatever its checks are like.</summary>
    private static byte[] ProxyLine(Socket socket)
    {
        var (own, member) = ((IPEndPoint)socket.LocalEndPoint!, (IPEndPoint)socket.RemoteEndPoint!);
        var family = member.AddressFamily == AddressFamily.InterNetworkV6 ? "TCP6" : "TCP4";
        return Encoding.ASCII.GetBytes($"PROXY {family} {own.Address} {member.Address} {own.Port} {member.Port}\r\n");
    }

    private static bool IsFailure(Exception exception) =>
        exception is SocketException or IOException or AuthenticationException or CryptographicException or OperationCanceledException;
}
