using System.Net;
using System.Net.Sockets;
using CloudLb.Bench.Processes;

namespace CloudLb.Bench.Load;

/// <summary>A client of HTTPS that asks an address for a name.</summary>
internal static class NamedClient
{
    /// <summary>Waits until the listener shows the certificate of the name, and answers with 200.</summary>
    public static async Task WaitForAsync(IPEndPoint listener, string name, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, token) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                try
                {
                    await socket.ConnectAsync(listener, token);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Subject == $"CN={name}";
        using var http = new HttpClient(handler);
        await CloudLbProcess.WaitForAsync(http, new($"https://{name}:{listener.Port}/"), HttpStatusCode.OK, cancellationToken);
    }
}
