using System.Collections.Frozen;
using System.Net;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Foreign;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace CloudLb.Passthrough;

/// <summary>
/// The other endpoint, reached through YARP's forwarder. Whatever a request says, it goes to the one URL of the settings.
/// </summary>
internal sealed partial class Upstream : IUpstream, IDisposable
{
    private const string RequestIdHeader = "x-amzn-RequestId";

    /// <summary>An endpoint that is there accepts at once; longer than two lost packets.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The answers of a load balancer that has lost what is behind it: S3's and most services' clients try again.</summary>
    private static readonly WireError Away = new(
        "ServiceUnavailable", 503, "The endpoint that this call is passed on to cannot be reached. Try again.");

    private static readonly WireError Slow = new(
        "GatewayTimeout", 504,
        "The endpoint that this call is passed on to has not answered in time. Whether the call took effect is not known.");

    private static readonly WireError BodyTooLong = new("RequestEntityTooLarge", 413, "The request body is longer than may be passed on.");

    private static readonly WireError BodyBroken = new(
        "MalformedHttpRequestException", 400, "The body of the request did not arrive whole.");

    private readonly PassthroughOptions _options;
    private readonly FrozenDictionary<string, PassthroughAccountOptions> _accounts;
    private readonly IHttpForwarder _forwarder;
    private readonly TimeProvider _clock;
    private readonly HttpMessageInvoker _client;
    private readonly ForwarderRequestConfig _request;
    private readonly string _url;
    private readonly ILogger<Upstream> _logger;

    // Why it could not be reached when that was told last; null since it was.
    private string? _toldReason;

    public Upstream(
        PassthroughOptions options, string spoolDirectory, IHttpForwarder forwarder, TimeProvider clock, ILogger<Upstream> logger)
    {
        _options = options;
        _logger = logger;
        _accounts = options.Accounts.ToFrozenDictionary(account => account.AccountId, StringComparer.Ordinal);
        _forwarder = forwarder;
        _clock = clock;
        _url = new Uri(options.Url!).GetLeftPart(UriPartial.Authority);
        SpoolDirectory = spoolDirectory;
        Directory.CreateDirectory(spoolDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var left in Directory.EnumerateFiles(spoolDirectory))
        {
            // Of a process that was killed.
            File.Delete(left);
        }

        // A redirect is the caller's to follow: it would lead to a place that the settings do not name. So would a proxy of the
        // environment.
        _client = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        });
        _request = new()
        {
            ActivityTimeout = options.Timeout, Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
    }

    public long MaxBody => _options.MaxBodySize * 1024L * 1024L;

    public string SpoolDirectory { get; }

    public bool Carries(Caller caller) => _accounts.ContainsKey(caller.Account);

    public bool TakesUnchanged(Caller caller) => _accounts[caller.Account].Unchanged;

    public async Task<UpstreamAnswer> ForwardAsync(HttpContext context, UpstreamCall call)
    {
        var ownRequestId = context.Response.Headers[RequestIdHeader];
        context.Response.Headers.Remove(RequestIdHeader);
        context.Request.Body = call.Body;

        // A tunnel would carry what nobody has signed.
        context.Request.Headers.Remove("Upgrade");
        context.Features.Set<IHttpUpgradeFeature>(null);
        context.Features.Set<IHttpExtendedConnectFeature>(null);

        var transformer = new UpstreamTransformer(_url, call, _accounts[call.Caller.Account], _options.KeepHost, ownRequestId, _clock);
        var error = await _forwarder.SendAsync(context, _url, _client, _request, transformer, context.RequestAborted);
        Tell(context, error);
        if (context.Response.HasStarted || error == ForwarderError.None)
        {
            return new(context.Response.StatusCode, transformer.RequestId, error == ForwarderError.None ? null : Away);
        }

        context.Response.Clear();
        context.Response.Headers[RequestIdHeader] = ownRequestId;
        return new(null, null, error switch
        {
            ForwarderError.RequestTimedOut or ForwarderError.RequestBodyCanceled => Slow,
            ForwarderError.RequestBodyClient when IsTooLong(context) => BodyTooLong,
            ForwarderError.RequestBodyClient => BodyBroken,
            _ => Away,
        });
    }

    /// <summary>An endpoint that is away is told once, however many calls there are; the audit file has each.</summary>
    private void Tell(HttpContext context, ForwarderError error)
    {
        if (error == ForwarderError.None && Interlocked.Exchange(ref _toldReason, null) is not null)
        {
            Log.Back(_logger, _url);
        }
        else if (error == ForwarderError.Request
            && context.Features.Get<IForwarderErrorFeature>()?.Exception?.GetBaseException().Message is { } reason
            && Interlocked.Exchange(ref _toldReason, reason) != reason)
        {
            Log.Away(_logger, _url, reason);
        }
    }

    /// <summary>Kestrel ends a body of unknown length that passes its bound.</summary>
    private static bool IsTooLong(HttpContext context) =>
        context.Features.Get<IForwarderErrorFeature>()?.Exception is BadHttpRequestException
        {
            StatusCode: StatusCodes.Status413PayloadTooLarge,
        };

    public void Dispose() => _client.Dispose();

    private static partial class Log
    {
        [LoggerMessage(
            8801, LogLevel.Warning, "The endpoint {Url} cannot be reached: {Reason}. Calls that are passed on to it are answered 503")]
        public static partial void Away(ILogger logger, string url, string reason);

        [LoggerMessage(8802, LogLevel.Information, "The endpoint {Url} answers calls that are passed on again")]
        public static partial void Back(ILogger logger, string url);
    }
}
