using System.Collections.Concurrent;
using System.Net;
using CloudLb.Core.Traffic.Planning;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CloudLb.Tests.HAProxy.Templates;

/// <summary>An instance that writes down which requests came, in their order, and keeps those to /hold until it is told.</summary>
internal sealed class OrderedInstance : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly TaskCompletionSource _released = new();

    private OrderedInstance(WebApplication server, IPAddress address) => (_server, Address) = (server, address);

    public IPAddress Address { get; }

    public ConcurrentQueue<string> Requests { get; } = [];

    public PlannedMember Planned => new() { Target = "i-1", Address = Address, Port = TestInstance.Port, Weight = 1 };

    public static async Task<OrderedInstance> StartAsync()
    {
        var address = Loopback.Next();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address, TestInstance.Port));
        var instance = new OrderedInstance(builder.Build(), address);
        instance._server.MapGet("/ping", () => "");
        instance._server.MapFallback(instance.AnswerAsync);
        await instance._server.StartAsync();
        return instance;
    }

    public void Release() => _released.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Release();
        await _server.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        Requests.Enqueue(path);
        if (path == "/hold")
        {
            await _released.Task.WaitAsync(context.RequestAborted);
        }

        await context.Response.WriteAsync(path);
    }
}
