using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CloudLb.Tests.Clients.Harness;

/// <summary>A web server to balance: answers its own address, and what it was asked with.</summary>
internal sealed class Backend : IAsyncDisposable
{
    private readonly WebApplication _application;

    private Backend(WebApplication application, IPAddress address, int port)
    {
        _application = application;
        Address = address;
        Port = port;
    }

    public IPAddress Address { get; }

    public int Port { get; }

    /// <summary>What <c>/health</c> answers.</summary>
    public int HealthStatus { get; set; } = 200;

    public static async Task<Backend> StartAsync(string address, int port, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Parse(address), port));
        var application = builder.Build();
        var backend = new Backend(application, IPAddress.Parse(address), port);
        application.Run(context => backend.AnswerAsync(context));
        await application.StartAsync(cancellationToken);
        return backend;
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path == "/health")
        {
            context.Response.StatusCode = HealthStatus;
            return;
        }

        var forwarded = string.Join('|', new[] { "X-Forwarded-For", "X-Forwarded-Port", "X-Forwarded-Proto" }.Select(name => context.Request.Headers[name].ToString()));
        await context.Response.WriteAsync($"{Address} {forwarded}");
    }
}
