using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using CloudLb.Tests.Clients.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CloudLb.Tests.Clients.Fixtures;

/// <summary>Writes down what a client sends, and answers what the fixtures say.</summary>
internal sealed partial class CapturingServer : IAsyncDisposable
{
    private static readonly string[] RelevantHeaders = ["Content-Type", "User-Agent", "X-Amz-User-Agent"];

    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<string, FixtureStep> _captured = [];

    private CapturingServer(WebApplication application, Uri url) => (_application, Url) = (application, url);

    public Uri Url { get; }

    /// <param name="answers">By the name of the action; one without an answer gets an empty result.</param>
    public static async Task<CapturingServer> StartAsync(IReadOnlyDictionary<string, FixtureStep> answers, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var application = builder.Build();
        CapturingServer? server = null;
        application.Run(context => server!.CaptureAsync(context, answers));
        await application.StartAsync(cancellationToken);
        return server = new(application, new Uri(application.Urls.Single()));
    }

    /// <summary>What was sent for an action.</summary>
    public FixtureStep Captured(string action) => _captured[action];

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private async Task CaptureAsync(HttpContext context, IReadOnlyDictionary<string, FixtureStep> answers)
    {
        var request = context.Request;
        using var reader = new StreamReader(request.Body);
        var form = await reader.ReadToEndAsync(context.RequestAborted);
        var action = ActionParameter().Match(form).Groups[1].Value;
        _captured[action] = new()
        {
            Title = "",
            Method = request.Method,
            Target = $"{request.Path}{request.QueryString}",
            Headers = [.. RelevantHeaders.Where(request.Headers.ContainsKey).Select(name => KeyValuePair.Create(name, WithoutMachine(request.Headers[name].ToString())))],
            Form = form,
        };
        var answer = answers.GetValueOrDefault(action)?.Answer is { Length: > 0 } known
            ? Placeholders.TakeOutOf(known, Account.First.Id)
            : $"<{action}Response><{action}Result/><ResponseMetadata><RequestId>none</RequestId></ResponseMetadata></{action}Response>";
        context.Response.ContentType = "text/xml";
        await context.Response.WriteAsync(answer, context.RequestAborted);
    }

    /// <summary>The kernel's version is this machine's affair.</summary>
    private static string WithoutMachine(string userAgent) => KernelVersion().Replace(userAgent, "$1");

    [GeneratedRegex("(?:^|&)Action=([A-Za-z]+)")]
    private static partial Regex ActionParameter();

    [GeneratedRegex("(Linux|linux)[/#][^ ]+")]
    private static partial Regex KernelVersion();
}
