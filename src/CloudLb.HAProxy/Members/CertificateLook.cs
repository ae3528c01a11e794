using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Members;

/// <summary>
/// A look at the certificate of a member that must show an accepted key: a TLS handshake like HAProxy's, and nothing after it.
/// </summary>
/// <param name="Proofs">Where what is seen goes.</param>
/// <param name="Of">The member.</param>
/// <param name="Done">Completed when it is known.</param>
internal sealed record CertificateLook(MemberProofs Proofs, NamedMember Of, TaskCompletionSource Done)
{
    /// <summary>
    /// The certificate, if the member proves that it has the key to it or is older than what this machine shakes hands with, and after it
    /// those that the member has sent besides; null when it cannot be had.
    /// </summary>
    public async Task<X509Certificate2Collection?> SeeAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = clock.CreateTimer(_ => limit.Cancel(), null, Of.Probe.Timeout, Timeout.InfiniteTimeSpan);
        try
        {
            try
            {
                return await ShakeHandsAsync(limit.Token);
            }
            catch (AuthenticationException)
            {
                await using var plain = await ConnectAsync(limit.Token);
                return await CertificateMessage.ReadAsync(plain, limit.Token);
            }
        }
        catch (Exception exception) when (IsFailure(exception) && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<X509Certificate2Collection?> ShakeHandsAsync(CancellationToken cancellationToken)
    {
        await using var secure = new SslStream(await ConnectAsync(cancellationToken));
        var sent = new X509Certificate2Collection();
        var options = TlsWithoutTrust.Client(chain => Keep(sent, chain));

        // A resumed session would show the certificate that it began with.
        options.AllowTlsResume = false;
        await secure.AuthenticateAsClientAsync(options, cancellationToken);
        if (secure.RemoteCertificate is not { } certificate)
        {
            return null;
        }

        sent.Insert(0, X509CertificateLoader.LoadCertificate(certificate.GetRawCertData()));
        return sent;
    }

    private async Task<NetworkStream> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(Of.Member.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new IPEndPoint(Of.Member.Address, Of.Member.Port), cancellationToken);
            if (Of.Pool.ProxyProtocol != ProxyProtocol.None)
            {
                await socket.SendAsync(ProxyLine(socket), cancellationToken);
            }

            return new(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // The chain disposes of its own.
    private static void Keep(X509Certificate2Collection sent, X509Chain? chain) =>
        sent.AddRange((chain?.ChainPolicy.ExtraStore ?? [])
            .Select(certificate => X509CertificateLoader.LoadCertificate(certificate.RawData)).ToArray());

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
