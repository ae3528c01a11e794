using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CloudLb.Tests.Clients.Harness;

/// <summary>
/// A web server to balance: answers its own address. <c>/health</c> answers <see cref="HealthStatus"/>, <c>/forwarded</c> the headers that
/// the load balancer added, <c>/client</c> those on a client's certificate, <c>/identity</c> those on who it is and its cookies,
/// <c>/status/404</c> that status, and <c>/slow</c> only when <see cref="Release"/> is called.
/// </summary>
internal sealed class Backend : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Backend(WebApplication application, string address, int port)
    {
        _application = application;
        Address = address;
        Port = port;
    }

    public string Address { get; }

    public int Port { get; }

    /// <summary>What <c>/health</c> answers.</summary>
    public int HealthStatus { get; set; } = StatusCodes.Status200OK;

    /// <summary>What everything else answers, unless its path says a status.</summary>
    public int Status { get; set; } = StatusCodes.Status200OK;

    /// <summary>A slow request has come in.</summary>
    public Task SlowArrived => _arrived.Task;

    /// <summary>On a free port of an address of its own.</summary>
    public static Task<Backend> StartAsync(CancellationToken cancellationToken)
    {
        var address = $"{Ports.Network()}.1";
        return StartAsync(address, Ports.Free(IPAddress.Parse(address)), cancellationToken);
    }

    public static Task<Backend> StartAsync(string address, int port, CancellationToken cancellationToken) =>
        StartAsync(address, port, null, cancellationToken);

    /// <summary>One that speaks TLS, if it is given a certificate.</summary>
    public static async Task<Backend> StartAsync(
        string address, int port, TestCertificate? certificate, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Parse(address), port, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate.WithKey);
            }
        }));
        var application = builder.Build();
        var backend = new Backend(application, address, port);
        application.Run(context => backend.AnswerAsync(context));
        await application.StartAsync(cancellationToken);
        return backend;
    }

    /// <summary>Lets slow requests finish.</summary>
    public void Release() => _released.TrySetResult();

    /// <summary>Ends at once, as a machine that loses power: nothing is finished.</summary>
    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        _released.TrySetResult();
        await _application.StopAsync(atOnce.Token);
        await _application.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        switch (context.Request.Path.Value)
        {
            case "/health":
                context.Response.StatusCode = HealthStatus;
                context.Response.Headers.Location = "/elsewhere";
                return;

            case "/forwarded":
                await context.Response.WriteAsync(string.Join(
                    '|',
                    new[] { "X-Forwarded-For", "X-Forwarded-Port", "X-Forwarded-Proto" }.Select(
                        name => context.Request.Headers[name].ToString())));
                return;

            case "/client":
                await context.Response.WriteAsync(HeadersOf(context, "X-Amzn-Mtls-"));
                return;

            case "/identity":
                await context.Response.WriteAsync($"{HeadersOf(context, "X-Amzn-Oidc-")}|Cookie: {context.Request.Headers.Cookie}");
                return;

            case "/slow":
                _arrived.TrySetResult();
                await _released.Task.WaitAsync(context.RequestAborted);
                break;
        }

        const string Asked = "/status/";
        context.Response.StatusCode = context.Request.Path.Value!.StartsWith(Asked, StringComparison.Ordinal)
            ? int.Parse(context.Request.Path.Value[Asked.Length..])
            : Status;

        await context.Response.WriteAsync(Address);
    }

    private static string HeadersOf(HttpContext context, string prefix) => string.Join(
        '|',
        context.Request.Headers
            .Where(header => header.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .OrderBy(header => header.Key, StringComparer.OrdinalIgnoreCase)
            .Select(header => $"{header.Key}: {header.Value}"));
}
