using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CloudLb.Tests.Clients.Pipeline;

/// <summary>Passes requests on to a server, but for those that it fails itself.</summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    private static readonly string[] Passed = ["Authorization", "X-Amz-Date", "X-Amz-Content-SHA256", "User-Agent", "Content-Type"];

    private readonly WebApplication _application;
    private readonly HttpClient _client = new();
    private readonly Uri _server;
    private readonly Queue<(int Status, string Code)> _faults;
    private int _received;

    private FaultyProxy(WebApplication application, Uri server, IEnumerable<(int Status, string Code)> faults)
    {
        (_application, _server, _faults) = (application, server, new(faults));
        application.Run(AnswerAsync);
    }

    public Uri Url => new(_application.Urls.Single());

    public int Received => Volatile.Read(ref _received);

    /// <param name="faults">What is answered to the first requests; an empty code is a body that is no XML.</param>
    public static async Task<FaultyProxy> StartAsync(
        Uri server, CancellationToken cancellationToken, params IEnumerable<(int Status, string Code)> faults)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var proxy = new FaultyProxy(builder.Build(), server, faults);
        await proxy._application.StartAsync(cancellationToken);
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _client.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _received);
        if (_faults.TryDequeue(out var fault))
        {
            context.Response.StatusCode = fault.Status;
            await context.Response.WriteAsync(
                fault.Code.Length == 0
                    ? "Bad Gateway"
                    : $"<ErrorResponse><Error><Type>Sender</Type><Code>{fault.Code}</Code><Message>-</Message></Error><RequestId>-</" +
                        $"RequestId></ErrorResponse>",
                context.RequestAborted);
            return;
        }

        using var reader = new StreamReader(context.Request.Body);
        using var request = new HttpRequestMessage(HttpMethod.Post, _server)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(await reader.ReadToEndAsync(context.RequestAborted))),
            Headers = { Host = context.Request.Host.Value },
        };
        foreach (var name in Passed.Where(context.Request.Headers.ContainsKey))
        {
            _ = request.Headers.TryAddWithoutValidation(name, context.Request.Headers[name].ToString())
                || request.Content.Headers.TryAddWithoutValidation(name, context.Request.Headers[name].ToString());
        }

        using var response = await _client.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        await context.Response.WriteAsync(await response.Content.ReadAsStringAsync(context.RequestAborted), context.RequestAborted);
    }
}
