using System.Net;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Tests.GrpcHealth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudLb.Tests.HAProxy.Calls;

/// <summary>A real server of gRPC, that speaks HTTP/2 alone.</summary>
internal sealed class GrpcInstance : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly bool _isSecure;

    private GrpcInstance(WebApplication server, IPAddress address, bool isSecure) =>
        (_server, Address, _isSecure) = (server, address, isSecure);

    public IPAddress Address { get; }

    /// <summary>What its health service answers.</summary>
    public HealthServiceState Health => _server.Services.GetRequiredService<HealthServiceState>();

    public static async Task<GrpcInstance> StartAsync(bool isSecure)
    {
        var address = Loopback.Next();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<HealthServiceState>();
        builder.Services.AddGrpc();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address, TestInstance.Port, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            if (isSecure)
            {
                listen.UseHttps(TestCertificate.SelfSigned("grpc").WithKey);
            }
        }));
        var server = builder.Build();
        server.MapGrpcService<EchoService>();
        server.MapGrpcService<HealthService>();
        await server.StartAsync(TestContext.Current.CancellationToken);
        return new(server, address, isSecure);
    }

    public PlannedMember Planned() =>
        new() { Target = "i-1", Address = Address, Port = TestInstance.Port, IsSecure = _isSecure, Weight = 1 };

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
