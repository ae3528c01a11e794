using System.Collections.Concurrent;
using System.Net;
using CloudLb.Ec2.Endpoint;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudLb.Tests.Unit.Ec2.Endpoint;

/// <summary>A web server that answers as a test says, with documents in EC2's own form.</summary>
internal sealed class CannedEc2 : IAsyncDisposable
{
    private const string Nothing = """
        <?xml version="1.0" encoding="UTF-8"?><R xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>1</requestId></R>
        """;

    private readonly TaskCompletionSource _firstQuestion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WebApplication _application;

    private CannedEc2(WebApplication application) => _application = application;

    /// <summary>The forms that were sent.</summary>
    public ConcurrentQueue<IFormCollection> Asked { get; } = [];

    /// <summary>Ends when something is asked for the first time, before it is answered.</summary>
    public Task FirstQuestion => _firstQuestion.Task;

    /// <summary>What is answered: status and document. Whatever has no answer of its own is answered with an empty list.</summary>
    public Func<IFormCollection, (int Status, string Body)?> Answer { get; set; } = _ => null;

    /// <summary>While it has not ended, nothing is answered.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public Uri Url { get; private set; } = null!;

    public Ec2EndpointOptions Options => new() { Url = Url, Region = "us-east-1", AccessKeyId = "AKIDEXAMPLE", SecretAccessKey = "secret" };

    public static async Task<CannedEc2> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        var canned = new CannedEc2(builder.Build());
        canned._application.MapPost("/services/compute", canned.HandleAsync);
        await canned._application.StartAsync(TestContext.Current.CancellationToken);
        var address = canned._application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        canned.Url = new($"{address}/services/compute");
        return canned;
    }

    public int CountOf(string action) => Asked.Count(form => form["Action"] == action);

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        Asked.Enqueue(form);
        _firstQuestion.TrySetResult();
        await Gate.WaitAsync(context.RequestAborted);
        var (status, body) = Answer(form) ?? (200, Nothing);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/xml;charset=UTF-8";
        await context.Response.WriteAsync(body, context.RequestAborted);
    }
}
