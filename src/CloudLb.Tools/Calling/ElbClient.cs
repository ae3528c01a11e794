using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using CloudLb.AwsApi.Responses;
using CloudLb.AwsApi.SigV4;
using CloudLb.Elb.Contracts;
using CloudLb.Tools.Running;

namespace CloudLb.Tools.Calling;

/// <summary>Calls Elastic Load Balancing: a signed form in a POST, XML back.</summary>
internal sealed class ElbClient : IDisposable
{
    /// <summary>A description of ten thousand load balancers has some 20 MiB.</summary>
    private const int MaxAnswerBytes = 256 * 1024 * 1024;

    private readonly Target _target;
    private readonly HttpClient _http;
    private readonly SigV4Signer _signer;
    private SslPolicyErrors _tlsErrors;

    public ElbClient(Target target)
    {
        _target = target;
        _signer = new(
            target.Key.Id, target.Key.Secret, target.Region, ElasticLoadBalancingContract.Service.SigningName, TimeProvider.System);
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = target.Patience };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, errors) =>
        {
            _tlsErrors = errors;
            return errors == SslPolicyErrors.None || !target.VerifiesServer;
        };
        _http = new(handler) { Timeout = target.Patience, MaxResponseContentBufferSize = MaxAnswerBytes };
    }

    public Uri Url => _target.Url;

    /// <exception cref="ToolException">The service refused, or could not be reached.</exception>
    public async Task<ServiceAnswer> SendAsync(string form, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(form);
        using var request = new HttpRequestMessage(HttpMethod.Post, _target.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
        request.Headers.TryAddWithoutValidation("User-Agent", $"cloudlb-tools/{ToolVersion.Text}");
        if (_target.Key.Token is { } token)
        {
            // The token is signed, as every x-amz-* header then is.
            request.Headers.TryAddWithoutValidation("x-amz-security-token", token);
            _signer.Sign(request, Convert.ToHexStringLower(SHA256.HashData(body)));
        }
        else
        {
            await _signer.SignAsync(request, cancellationToken);
        }

        using var response = await SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode
            ? new(text, Headers(response))
            : throw Refusal(response.StatusCode, text, response.Headers.Location);
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.NameResolutionError)
        {
            throw new ToolException(Fault.BadUrl, $"the host {_target.Url.Host} is not known", exception);
        }
        catch (HttpRequestException exception) when (_tlsErrors != SslPolicyErrors.None
            && exception.InnerException is AuthenticationException)
        {
            throw new ToolException(Fault.NotVerified, $"the certificate of {_target.Url.Host} does not pass: {_tlsErrors}", exception);
        }
        catch (HttpRequestException exception)
        {
            throw new ToolException(Fault.Unreachable, $"{_target.Url}: {exception.Message}", exception);
        }
        catch (TaskCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ToolException(
                Fault.TimedOut,
                $"{_target.Url} has not answered in {_target.Patience.TotalSeconds:0} s; --connection-timeout allows more",
                exception);
        }
    }

    private static string Headers(HttpResponseMessage response)
    {
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"HTTP/{response.Version} {(int)response.StatusCode}\n");
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
        {
            head.Append(name).Append(": ").Append(values.ToString()).Append('\n');
        }

        return head.Append('\n').ToString();
    }

    private static ToolException Refusal(HttpStatusCode status, string text, Uri? location)
    {
        var error = ErrorResponse.Read(text);
        var message = error.Message
            ?? (location is null ? $"the service answered {(int)status}" : $"the service sends the call on to {location}");
        return new(FaultOf((int)status, error), message)
        {
            Code = error.Code ?? ((int)status).ToString(CultureInfo.InvariantCulture), RequestId = error.RequestId,
        };
    }

    private static Fault FaultOf(int status, ErrorResponse error) => status switch
    {
        400 => IsOfThrottling(error.Code) || IsOfThrottling(error.Message) ? Fault.Throttled : Fault.Invalid,
        401 or 403 => Fault.Refused,
        404 => Fault.NotFound,
        409 => Fault.Conflict,
        >= 300 and < 400 => Fault.Redirected,
        _ => Fault.Failed,
    };

    private static bool IsOfThrottling(string? text) => text is not null
        && (text.Contains("throttl", StringComparison.OrdinalIgnoreCase)
            || text.Contains("rate exceeded", StringComparison.OrdinalIgnoreCase));
}
