using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudLb.Tests.Unit.Passthrough;

/// <summary>An endpoint that calls are passed on to: it keeps what it was asked and answers what it was told to.</summary>
internal sealed class OtherEndpoint : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OtherEndpoint(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(async context =>
        {
            try
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body, context.RequestAborted);
                Asked.Enqueue(new(
                    context.Request.Method, context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
                    context.Request.Headers.ToDictionary(
                        header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                    body.ToArray()));
                await answer(context);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or BadHttpRequestException)
            {
                // What did not come to its end was not asked.
                Broken++;
            }
        });
    }

    public ConcurrentQueue<Question> Asked { get; } = new();

    /// <summary>Requests whose body did not come to its end.</summary>
    public int Broken { get; private set; }

    public Uri Url { get; private set; } = null!;

    public static async Task<OtherEndpoint> StartAsync(Func<HttpContext, Task>? answer = null)
    {
        var endpoint = new OtherEndpoint(
            answer ?? (context => context.Response.WriteAsync("from the other endpoint", context.RequestAborted)));
        await endpoint._app.StartAsync();
        endpoint.Url = new Uri(
            endpoint._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return endpoint;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    public sealed record Question(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body);
}
