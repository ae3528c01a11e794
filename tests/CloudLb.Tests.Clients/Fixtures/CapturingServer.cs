using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using CloudLb.Tests.Clients.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CloudLb.Tests.Clients.Fixtures;

/// <summary>Writes down what a client sends, and has it answered elsewhere.</summary>
internal sealed partial class CapturingServer : IAsyncDisposable
{
    private const string V2Parameter = "Version=2015-12-01";

    private static readonly string[] RelevantHeaders = ["Content-Type", "User-Agent", "X-Amz-User-Agent"];

    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<string, FixtureStep> _captured = [];

    private CapturingServer(WebApplication application, Uri url) => (_application, Url) = (application, url);

    public Uri Url { get; }

    /// <param name="answer">By the name of the action, as <see cref="Fixture.Call"/> has it, and what was sent.</param>
    public static async Task<CapturingServer> StartAsync(
        Func<string, FixtureStep, Task<ElbApi.Answer>> answer, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var application = builder.Build();
        CapturingServer? server = null;
        application.Run(context => server!.CaptureAsync(context, answer));
        await application.StartAsync(cancellationToken);
        return server = new(application, new Uri(application.Urls.Single()));
    }

    /// <summary>What was sent for an action.</summary>
    public FixtureStep Captured(string action) => _captured[action];

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private async Task CaptureAsync(HttpContext context, Func<string, FixtureStep, Task<ElbApi.Answer>> answer)
    {
        var request = context.Request;
        using var reader = new StreamReader(request.Body);
        var form = await reader.ReadToEndAsync(context.RequestAborted);
        var isV2 = form.Contains(V2Parameter, StringComparison.Ordinal);
        var action = (isV2 ? Clients.ElbClient.V2 : "") + ActionParameter().Match(form).Groups[1].Value;
        _captured[action] = new()
        {
            Title = "",
            Method = request.Method,
            Target = $"{request.Path}{request.QueryString}",
            Headers =
            [
                .. RelevantHeaders.Where(request.Headers.ContainsKey).Select(
                    name => KeyValuePair.Create(name, WithoutMachine(request.Headers[name].ToString()))),
            ],
            Form = form,
        };
        var answered = await answer(action, _captured[action]);
        context.Response.StatusCode = answered.Status;
        context.Response.ContentType = answered.ContentType;
        await context.Response.WriteAsync(answered.Body, context.RequestAborted);
    }

    /// <summary>The kernel's version is this machine's affair.</summary>
    private static string WithoutMachine(string userAgent) => KernelVersion().Replace(userAgent, "$1");

    [GeneratedRegex("(?:^|&)Action=([A-Za-z]+)")]
    private static partial Regex ActionParameter();

    [GeneratedRegex("(Linux|linux)[/#][^ ]+")]
    private static partial Regex KernelVersion();
}
