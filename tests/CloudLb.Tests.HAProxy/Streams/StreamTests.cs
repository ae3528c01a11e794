using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>TCP and SSL listeners over real connections: which ports get a PROXY line, and the end of streams that drain.</summary>
public sealed class StreamTests
{
    private const int OtherPort = 8083;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_PROXY_line_goes_to_the_instance_ports_that_are_named_and_to_no_other(bool isSecure)
    {
        await using var named = new EchoInstance(TestInstance.Port, isSecure);
        await using var other = new EchoInstance(OtherPort, isSecure);
        await using var running = await RunningDataPlane.StartAsync();
        var mail = Plans.LoadBalancer("mail", named.Planned()).AsTcp().WithProxyProtocol();
        mail = mail with
        {
            Listeners = [.. mail.Listeners, mail.Listeners[0].To("other") with { Port = 8090 }],
            Pools =
            [
                mail.Pools[0],
                mail.Pools[0] with
                {
                    Name = "other",
                    ProxyProtocol = ProxyProtocol.None,
                    Members = [other.Planned()],
                    Probe = mail.Pools[0].Probe with { Port = OtherPort },
                },
            ],
        };
        await running.ApplyAsync(mail);
        await running.IsPassingAsync(mail, "i-1");

        using var client = await ConnectAsync(mail, Plans.Port);
        var own = (IPEndPoint)client.Client.LocalEndPoint!;
        Assert.Equal("HELLO", await SayAsync(client, "HELLO"));
        Assert.Equal($"PROXY TCP4 {own.Address} {mail.Address} {own.Port} {Plans.Port}", named.ProxyLine);

        await Eventually.IsTrueAsync(
            async () =>
            {
                using var plain = await ConnectAsync(mail, 8090);
                return await SayAsync(plain, "HELLO") == "HELLO";
            },
            "the other port's instance is in service");
        Assert.Null(other.ProxyLine);
    }

    [Fact]
    public async Task An_instance_that_expects_a_PROXY_line_can_show_its_key()
    {
        await using var instance = new EchoInstance(TestInstance.Port, isSecure: true);
        await using var running = await RunningDataPlane.StartAsync();
        running.Reconcile();
        var mail = Plans.LoadBalancer("mail", instance.Planned()).AsTcp().WithProxyProtocol().Accepting(EchoInstance.Certificate);

        await running.ApplyAsync(mail);
        await running.IsPassingAsync(mail, "i-1");

        using var client = await ConnectAsync(mail, Plans.Port);
        Assert.Equal("HELLO", await SayAsync(client, "HELLO"));
        Assert.NotNull(instance.ProxyLine);
    }

    [Fact]
    public async Task A_stream_that_drains_goes_on_until_the_limit_and_is_cut_there()
    {
        var limit = TimeSpan.FromSeconds(3);
        await using var instance = new EchoInstance(TestInstance.Port, isSecure: false);
        await using var running = await RunningDataPlane.StartAsync();
        var mail = Plans.LoadBalancer("mail", instance.Planned()).AsTcp();
        await running.ApplyAsync(mail);
        await running.IsPassingAsync(mail, "i-1");
        using var client = await ConnectAsync(mail, Plans.Port);
        Assert.Equal("before", await SayAsync(client, "before"));

        var watch = Stopwatch.StartNew();
        await running.ApplyAsync(mail.With(instance.Planned() with { DrainingUntil = DateTimeOffset.UtcNow + limit }));
        Assert.Equal("while it drains", await SayAsync(client, "while it drains"));
        Assert.Equal(0, await client.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken));

        Assert.True(watch.Elapsed > limit - TimeSpan.FromSeconds(1), $"It was cut after {watch.Elapsed}.");
    }

    [Fact]
    public async Task Pools_that_connections_are_drawn_for_have_each_its_own_PROXY_line_and_drain_each_by_itself()
    {
        await using var named = new EchoInstance(TestInstance.Port, isSecure: false);
        await using var other = new EchoInstance(OtherPort, isSecure: false);
        await using var running = await RunningDataPlane.StartAsync();
        var mail = Plans.LoadBalancer("mail", named.Planned()).AsTcp().WithProxyProtocol();
        var (pool, plain) = (mail.Pools[0], mail.Pools[0] with
        {
            Name = "other",
            ProxyProtocol = ProxyProtocol.None,
            Members = [other.Planned()],
            Probe = mail.Pools[0].Probe with { Port = OtherPort },
        });
        await running.ApplyAsync(Drawn(pool, 1, 0));
        await running.IsPassingAsync(mail, "i-1");
        using var first = await ConnectAsync(mail, Plans.Port);
        Assert.Equal("HELLO", await SayAsync(first, "HELLO"));
        Assert.NotNull(named.ProxyLine);

        await running.ApplyAsync(Drawn(pool, 0, 1));
        await Eventually.IsTrueAsync(
            async () =>
            {
                using var second = await ConnectAsync(mail, Plans.Port);
                return await SayAsync(second, "HELLO") == "HELLO";
            },
            "the other pool's instance is in service");
        Assert.Null(other.ProxyLine);

        await running.ApplyAsync(Drawn(
            pool with { Members = [named.Planned() with { DrainingUntil = DateTimeOffset.UtcNow.AddMinutes(5) }] }, 1, 0));
        Assert.Equal("while it drains", await SayAsync(first, "while it drains"));
        using var third = await ConnectAsync(mail, Plans.Port);
        Assert.Equal(0, await third.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken));
        Assert.Equal(1, running.Generation);

        PlannedLoadBalancer Drawn(PlannedPool drawn, int toNamed, int toOther) => mail with
        {
            Listeners =
            [
                mail.Listeners[0] with { DefaultAction = new PlannedAction.Forward([new(pool.Name, toNamed), new("other", toOther)]) },
            ],
            Pools = new[] { drawn, plain }.OrderBy(each => each.Name, StringComparer.Ordinal).ToEquatableArray(),
        };
    }

    private static async Task<TcpClient> ConnectAsync(PlannedLoadBalancer loadBalancer, int port)
    {
        var client = new TcpClient(new IPEndPoint(IPAddress.Loopback, 0));
        await client.ConnectAsync(loadBalancer.Address, port, TestContext.Current.CancellationToken);
        return client;
    }

    private static async Task<string> SayAsync(TcpClient client, string line)
    {
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(line + "\n"), TestContext.Current.CancellationToken);
        return await EchoInstance.ReadLineAsync(client.GetStream());
    }

    /// <summary>Says each line again, over TLS or not; notes a PROXY line, which it takes before anything else.</summary>
    private sealed class EchoInstance : IAsyncDisposable
    {
        public static readonly TestCertificate Certificate = TestCertificate.SelfSigned("mail");

        private readonly TcpListener _listener;
        private readonly bool _isSecure;
        private readonly Task _serving;

        public EchoInstance(int port, bool isSecure)
        {
            _isSecure = isSecure;
            _listener = new TcpListener(Loopback.Next(), port);
            _listener.Start();
            _serving = Task.Run(ServeAsync);
        }

        /// <summary>Of the last stream that carried something; null when it had none.</summary>
        public string? ProxyLine { get; private set; }

        public PlannedMember Planned()
        {
            var endpoint = (IPEndPoint)_listener.LocalEndpoint;
            return new() { Target = "i-1", Address = endpoint.Address, Port = endpoint.Port, IsSecure = _isSecure, Weight = 1 };
        }

        public static async Task<string> ReadLineAsync(Stream stream)
        {
            var line = new StringBuilder();
            var one = new byte[1];
            while (await stream.ReadAsync(one) == 1 && one[0] != '\n')
            {
                line.Append((char)one[0]);
            }

            return line.ToString().TrimEnd('\r');
        }

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _serving;
        }

        private async Task ServeAsync()
        {
            var streams = new List<Task>();
            try
            {
                while (true)
                {
                    streams.Add(EchoAsync(await _listener.AcceptTcpClientAsync()));
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                await Task.WhenAll(streams);
            }
        }

        private async Task EchoAsync(TcpClient client)
        {
            using (client)
            {
                try
                {
                    // TLS begins with a byte that no letter is, so that the two can be told apart.
                    var first = new byte[1];
                    await client.Client.ReceiveAsync(first, SocketFlags.Peek);
                    var proxy = first[0] == 'P' ? await ReadLineAsync(client.GetStream()) : null;
                    await using var stream = _isSecure ? new SslStream(client.GetStream()) : (Stream)client.GetStream();
                    if (stream is SslStream secure)
                    {
                        await secure.AuthenticateAsServerAsync(Certificate.WithKey);
                    }

                    for (var line = await ReadLineAsync(stream); line.Length > 0; line = await ReadLineAsync(stream))
                    {
                        ProxyLine = proxy;
                        await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\n"));
                    }
                }
                catch (Exception exception) when (exception is IOException
                    or SocketException
                    or System.Security.Authentication.AuthenticationException)
                {
                    // A check, or a stream that was cut.
                }
            }
        }
    }
}
