using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CloudLb.Tests.Clients.Harness;

/// <summary>A web server on a free port of loopback that takes whatever is sent to it, as a collector of metrics does.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly List<(string Method, string Path, string? Type, string Body)> _received = [];

    private Collector(WebApplication application, Uri url) => (_application, Url) = (application, url);

    public Uri Url { get; }

    /// <summary>Bodies byte for byte, each byte one character.</summary>
    public IReadOnlyList<(string Method, string Path, string? Type, string Body)> Received
    {
        get
        {
            lock (_received)
            {
                return [.. _received];
            }
        }
    }

    public static async Task<Collector> StartAsync(CancellationToken cancellationToken)
    {
        var port = Ports.Free(IPAddress.Loopback);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var collector = new Collector(builder.Build(), new($"http://127.0.0.1:{port}"));
        collector._application.Run(collector.TakeAsync);
        await collector._application.StartAsync(cancellationToken);
        return collector;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        lock (_received)
        {
            _received.Add(
                (context.Request.Method, context.Request.Path, context.Request.ContentType, Encoding.Latin1.GetString(body.ToArray())));
        }

        context.Response.ContentType = "application/x-protobuf";
    }
}
