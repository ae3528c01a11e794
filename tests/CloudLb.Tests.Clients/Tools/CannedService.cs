using System.Net;
using CloudLb.Tests.Clients.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CloudLb.Tests.Clients.Tools;

/// <summary>A service that answers whatever a test says, as no CloudLb would: other endpoints, other faults, hostile values.</summary>
internal sealed class CannedService : IAsyncDisposable
{
    private readonly WebApplication _application;

    private CannedService(WebApplication application, Uri url)
    {
        _application = application;
        Url = url;
    }

    public Uri Url { get; }

    public int Status { get; set; } = StatusCodes.Status200OK;

    public string Body { get; set; } = "";

    /// <summary>Never answers.</summary>
    public bool IsSilent { get; set; }

    /// <summary>The last request's form, and its Authorization header.</summary>
    public (string Form, string Authorization) Asked { get; private set; } = ("", "");

    /// <param name="cancellationToken">Ends the start.</param>
    /// <param name="certificate">One that nobody trusts; without it the service speaks in clear.</param>
    public static async Task<CannedService> StartAsync(CancellationToken cancellationToken, TestCertificate? certificate = null)
    {
        var scheme = certificate is null ? "http" : "https";
        var url = new Uri($"{scheme}://127.0.0.1:{Ports.Free(IPAddress.Loopback)}/services/LoadBalancing");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, url.Port, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate.WithKey);
            }
        }));
        var service = new CannedService(builder.Build(), url);
        service._application.MapPost(url.AbsolutePath, service.AnswerAsync);
        await service._application.StartAsync(cancellationToken);
        return service;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    public void Refuse(int status, string code, string message)
    {
        Status = status;
        Body = $"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>" +
            "<RequestId>r-1</RequestId></ErrorResponse>";
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var form = await new StreamReader(context.Request.Body).ReadToEndAsync(context.RequestAborted);
        Asked = (form, context.Request.Headers.Authorization.ToString());
        if (IsSilent)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        }

        context.Response.StatusCode = Status;
        context.Response.ContentType = "text/xml";
        await context.Response.WriteAsync(Body, context.RequestAborted);
    }
}
