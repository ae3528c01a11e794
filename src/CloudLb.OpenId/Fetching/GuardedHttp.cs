using System.Net;
using System.Security.Cryptography.X509Certificates;
using CloudLb.Core.Accounts;
using Microsoft.Extensions.Options;

namespace CloudLb.OpenId.Fetching;

/// <summary>
/// Asks what an account has named: over TLS, bounded in size and time, and only what may be its target, at each resolution and redirect.
/// </summary>
/// <remarks>A connection is of one request, as what another account may reach is another question.</remarks>
public sealed class GuardedHttp(TargetConnector connector, IOptions<OpenIdOptions> options, TimeProvider clock)
{
    private const int MostRedirects = 3;

    private readonly X509Certificate2Collection? _authorities =
        options.Value.AuthoritiesFile is { Length: > 0 } file ? OpenIdOptions.ReadAuthorities(file) : null;

    /// <summary>The body of an answer 200, after redirects.</summary>
    /// <param name="account">On whose behalf.</param>
    /// <param name="url">What is asked.</param>
    /// <param name="longest">The most bytes that the body may have.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="FetchException">There is no such answer.</exception>
    internal Task<byte[]> GetAsync(AccountId account, Uri url, int longest, CancellationToken cancellationToken) =>
        AskAsync(account, url.Host, async (client, limit) =>
        {
            for (var redirects = 0; ; redirects++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, Checked(url));
                using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit);
                if (response is { StatusCode: HttpStatusCode.OK })
                {
                    return await ReadAsync(response, longest, limit);
                }

                url = response is { StatusCode: >= (HttpStatusCode)300 and < (HttpStatusCode)400, Headers.Location: { } location }
                        && redirects < MostRedirects
                    ? new(url, location)
                    : throw Answered(url, response);
            }
        }, cancellationToken);

    /// <summary>The body of an answer 200. What a request carries is for nobody else: no redirect is followed.</summary>
    /// <param name="account">On whose behalf.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="longest">The most bytes that the body may have.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="FetchException">There is no such answer.</exception>
    internal Task<byte[]> SendAsync(AccountId account, HttpRequestMessage request, int longest, CancellationToken cancellationToken)
    {
        var url = Checked(request.RequestUri!);
        return AskAsync(account, url.Host, async (client, limit) =>
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit);
            return response.StatusCode == HttpStatusCode.OK
                ? await ReadAsync(response, longest, limit)
                : throw Answered(url, response);
        }, cancellationToken);
    }

    private async Task<byte[]> AskAsync(
        AccountId account, string host, Func<HttpClient, CancellationToken, Task<byte[]>> ask, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Value.Timeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var client = new HttpClient(Handler(account)) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        try
        {
            return await ask(client, both.Token);
        }
        catch (HttpRequestException exception)
        {
            throw new FetchException(
                exception.InnerException is FetchException { Message: var message } ? message
                    : exception.InnerException is { } inner ? $"{exception.Message} {inner.Message}" : exception.Message,
                exception);
        }
        catch (IOException exception)
        {
            throw new FetchException(exception.Message, exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FetchException($"{host} has not answered within {options.Value.Timeout.TotalSeconds:0.#} s", exception);
        }
    }

    private SocketsHttpHandler Handler(AccountId account)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectCallback = (context, cancellationToken) => connector.ConnectAsync(account, context.DnsEndPoint, cancellationToken),
            PooledConnectionLifetime = TimeSpan.Zero,
            UseCookies = false,
            UseProxy = false,
        };

        // What a certificate says makes us fetch nothing from anywhere: .NET by itself asks for an issuer that is missing wherever the
        // certificate says, be it what nobody's target may be.
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        if (_authorities is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(_authorities);
        }

        handler.SslOptions.CertificateChainPolicy = policy;
        return handler;
    }

    private static Uri Checked(Uri url) => url is { IsAbsoluteUri: true, Scheme: "https", UserInfo: "" }
        ? url
        : throw new FetchException($"'{url}' is not asked: the address must begin with https:// and have no user in it");

    private static FetchException Answered(Uri url, HttpResponseMessage response) =>
        new($"{url.Host} answers {(int)response.StatusCode}") { Status = (int)response.StatusCode };

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, int longest, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[longest + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= longest
            ? buffer[..length]
            : throw new FetchException($"the answer has more than {longest} bytes") { IsTooLong = true };
    }
}
