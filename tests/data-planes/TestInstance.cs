using System.Net;
using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CloudLb.Core.Traffic.Planning;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace CloudLb.Tests.DataPlanes;

/// <summary>A real HTTP server that answers with its id, and what the tests ask of it.</summary>
internal sealed class TestInstance : IAsyncDisposable
{
    public const int Port = 8081;

    /// <summary>Where a secure instance answers without TLS.</summary>
    public const int PlainPort = 8082;

    private static readonly TestCertificate Unknown = TestCertificate.SelfSigned("instance");

    private readonly WebApplication _server;
    private readonly TaskCompletionSource _released = new();
    private readonly bool _isSecure;
    private SslStreamCertificateContext? _certificate;
    private int _requests;

    private TestInstance(string id, IPAddress address, bool isSecure, TestCertificate certificate)
    {
        (Id, Address, _isSecure) = (id, address, isSecure);
        Show(certificate);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            if (isSecure)
            {
                kestrel.Listen(address, Port, listen => listen.UseHttps(Shown()));
                kestrel.Listen(address, PlainPort);
            }
            else
            {
                kestrel.Listen(address, Port);
            }
        });
        _server = builder.Build();
        _server.MapGet("/ping", (HttpContext context) =>
        {
            Checks.Add(string.Join('\n', context.Request.Headers.Select(header => $"{header.Key}: {header.Value}")));
            context.Response.StatusCode = CheckStatus;
        });
        _server.MapGet("/slow", async (HttpContext context) =>
        {
            Interlocked.Increment(ref _requests);
            await context.Response.WriteAsync("begun");
            await context.Response.Body.FlushAsync();
            await _released.Task.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync(" ended");
        });
        _server.UseWebSockets();
        _server.Map("/talk", TalkAsync);
        _server.MapGet("/silent", (HttpContext context) => _released.Task.WaitAsync(context.RequestAborted));
        _server.MapGet("/login", (HttpContext context, string? cookie) =>
        {
            context.Response.Headers.SetCookie = new(["theme=dark; Path=/x", $"{cookie ?? "JSESSIONID"}=abc; Path=/; HttpOnly", "other=1"]);
            return Id;
        });
        _server.MapGet("/status/{code:int}", (int code) => Results.StatusCode(code));
        _server.MapGet(
            "/headers",
            (HttpContext context) => string.Join('\n', context.Request.Headers.Select(header => $"{header.Key}: {header.Value}")));
        _server.MapFallback(() =>
        {
            Interlocked.Increment(ref _requests);
            return Id;
        });
    }

    public string Id { get; }

    public IPAddress Address { get; }

    /// <summary>What the path /ping answers.</summary>
    public int CheckStatus { get; set; } = 200;

    /// <summary>The names that a secure instance was asked for in handshakes; empty where none was told.</summary>
    public System.Collections.Concurrent.ConcurrentBag<string> NamesAskedFor { get; } = [];

    /// <summary>The headers of the checks, one text each.</summary>
    public System.Collections.Concurrent.ConcurrentBag<string> Checks { get; } = [];

    /// <summary>Requests other than checks.</summary>
    public int Requests => _requests;

    public static Task<TestInstance> StartAsync(string id, int checkStatus = 200) => StartAsync(id, checkStatus, isSecure: false);

    public static Task<TestInstance> StartAtAsync(string id, IPAddress address) => StartAsync(id, 200, isSecure: false, address: address);

    /// <summary>One that speaks TLS, with a certificate that nobody trusts.</summary>
    public static Task<TestInstance> StartSecureAsync(string id, TestCertificate? certificate = null, IPAddress? address = null) =>
        StartAsync(id, 200, isSecure: true, certificate, address);

    /// <summary>Greets with the instance's id and then says what it is told, until the client is done.</summary>
    private async Task TalkAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await socket.SendAsync(Encoding.UTF8.GetBytes(Id), WebSocketMessageType.Text, true, context.RequestAborted);
        var buffer = new byte[1024];
        try
        {
            for (var said = await socket.ReceiveAsync(buffer, context.RequestAborted);
                said.MessageType != WebSocketMessageType.Close;
                said = await socket.ReceiveAsync(buffer, context.RequestAborted))
            {
                await socket.SendAsync(buffer.AsMemory(0, said.Count), said.MessageType, said.EndOfMessage, context.RequestAborted);
            }

            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // It was cut.
        }
    }

    private TlsHandshakeCallbackOptions Shown() =>
        new()
        {
            OnConnection = handshake =>
            {
                NamesAskedFor.Add(handshake.ClientHelloInfo.ServerName);
                return ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificateContext = _certificate });
            },
        };

    private static async Task<TestInstance> StartAsync(
        string id, int checkStatus, bool isSecure, TestCertificate? certificate = null, IPAddress? address = null)
    {
        var instance = new TestInstance(id, address ?? Loopback.Next(), isSecure, certificate ?? Unknown) { CheckStatus = checkStatus };
        await instance._server.StartAsync();
        return instance;
    }

    public PlannedMember Planned(DateTimeOffset? drainingUntil = null, int weight = 1) =>
        new() { Target = Id, Address = Address, Port = Port, IsSecure = _isSecure, Weight = weight, DrainingUntil = drainingUntil };

    /// <summary>Shows this certificate, and the chain with it, to whoever connects from now on.</summary>
    public void Show(TestCertificate certificate, params TestCertificate[] chain) => _certificate = SslStreamCertificateContext.Create(
        certificate.WithKey, [.. chain.Select(issuer => X509CertificateLoader.LoadCertificate(issuer.WithKey.RawData))], offline: true);

    /// <summary>Lets the slow requests end.</summary>
    public void Release() => _released.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Release();
        await _server.DisposeAsync();
    }
}
