using System.Net;
using System.Net.Sockets;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

public sealed class ProxyProtocolTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_begins_with_a_line_that_tells_its_client_and_a_check_does_not(bool joinsAtRunTime)
    {
        var address = Loopback.Next();
        using var backend = new TcpListener(address, TestInstance.Port);
        backend.Start();
        var checks = new List<string>();
        var serving = ServeAsync(backend, checks);
        await using var running = await RunningDataPlane.StartAsync();
        var member = new PlannedMember { Target = "i-1", Address = address, Port = TestInstance.Port, Weight = 1 };
        var mail = Plans.LoadBalancer("mail", joinsAtRunTime ? [] : [member]).AsTcp().Checked(Plans.FastProbe).WithProxyProtocol();
        await running.ApplyAsync(mail);
        await running.ApplyAsync(mail.With(member));
        await running.IsPassingAsync(mail, "i-1");

        using var client = new TcpClient(new IPEndPoint(IPAddress.Loopback, 0));
        await client.ConnectAsync(mail.Address, Plans.Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync("HELLO\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream());
        var own = (IPEndPoint)client.Client.LocalEndPoint!;

        Assert.Equal(
            $"PROXY TCP4 {own.Address} {mail.Address} {own.Port} {Plans.Port}",
            await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.Equal("HELLO", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1, running.Generation);
        await Eventually.IsTrueAsync(
            () =>
            {
                lock (checks)
                {
                    return checks.Count >= 3;
                }
            },
            "the data plane and HAProxy have checked");
        backend.Stop();
        await serving;
        Assert.All(checks, line => Assert.Equal("GET /ping HTTP/1.1", line));
    }

    /// <summary>Answers a check that begins as a request, and says again the first two lines of anything else.</summary>
    private static async Task ServeAsync(TcpListener backend, List<string> checks)
    {
        while (true)
        {
            try
            {
                using var connection = await backend.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
                using var reader = new StreamReader(connection.GetStream());
                await using var writer = new StreamWriter(connection.GetStream()) { NewLine = "\r\n" };
                var first = await reader.ReadLineAsync(TestContext.Current.CancellationToken) ?? "";
                if (first.StartsWith("PROXY TCP", StringComparison.Ordinal))
                {
                    await writer.WriteLineAsync(first);
                    await writer.WriteLineAsync(await reader.ReadLineAsync(TestContext.Current.CancellationToken));
                    continue;
                }

                lock (checks)
                {
                    checks.Add(first);
                }

                await writer.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
            catch (IOException)
            {
                // A check that went away: the next one is answered.
            }
        }
    }
}
