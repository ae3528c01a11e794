using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CloudLb.Tests.Clients.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace CloudLb.Tests.Clients.Gates;

/// <summary>An OpenID provider over TLS, with an authority of its own and the keys that it is told to show.</summary>
internal sealed class OpenIdProvider : IAsyncDisposable
{
    private readonly WebApplication _application;
    private int _keySetRequests;

    private OpenIdProvider(WebApplication application, string address, int port, string authorityPem)
    {
        _application = application;
        (Address, AuthorityPem) = (address, authorityPem);
        Url = $"https://{address}:{port}";
        SignIn = new(Url);
    }

    public string Address { get; }

    /// <summary>Where it is, which is the issuer of its tokens too.</summary>
    public string Url { get; }

    /// <summary>Whom a client must trust.</summary>
    public string AuthorityPem { get; }

    public ProviderSignIn SignIn { get; }

    /// <summary>The keys that are shown now.</summary>
    public IReadOnlyList<ProviderKey> Keys { get; set; } = [];

    /// <summary>What the address of the keys answers.</summary>
    public int KeySetStatus { get; set; } = 200;

    /// <summary>How often it was asked.</summary>
    public int KeySetRequests => Volatile.Read(ref _keySetRequests);

    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <param name="issuerUrl">Where its certificate says that its issuer's is (RFC 5280, 4.2.2.1); null for nowhere.</param>
    public static async Task<OpenIdProvider> StartAsync(CancellationToken cancellationToken, string? issuerUrl = null)
    {
        var address = $"{Ports.Network()}.2";
        var port = Ports.Free(IPAddress.Parse(address));
        var (authority, certificate) = Certificates(address, issuerUrl);

        // Without a look for issuers, which would ask for the URL by itself.
        var shown = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Parse(address), port, listen => listen.UseHttps(
            new TlsHandshakeCallbackOptions
            {
                OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificateContext = shown }),
            })));
        var application = builder.Build();
        var provider = new OpenIdProvider(application, address, port, authority);
        application.MapGet("/keys", provider.KeySetAsync);
        application.MapGet("/moved", () => Results.Redirect("/keys"));
        application.MapGet("/away", (string to) => Results.Redirect(to));
        application.MapGet("/large", () => Results.Text(new string(' ', 200 * 1024)));
        provider.SignIn.Map(application);
        await application.StartAsync(cancellationToken);
        return provider;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private IResult KeySetAsync()
    {
        Interlocked.Increment(ref _keySetRequests);
        return KeySetStatus == 200
            ? Results.Json(new { keys = Keys.Select(key => key.Json) })
            : Results.StatusCode(KeySetStatus);
    }

    private static (string AuthorityPem, X509Certificate2 Certificate) Certificates(string address, string? issuerUrl)
    {
        var (begin, end) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        using var authorityKey = RSA.Create(2048);
        var authorityRequest = new CertificateRequest("CN=authority", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = authorityRequest.CreateSelfSigned(begin, end);
        var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=provider", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(address));
        request.CertificateExtensions.Add(names.Build());
        if (issuerUrl is not null)
        {
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(null, [issuerUrl]));
        }

        using var certificate = request.Create(authority, begin, end.AddDays(-1), RandomNumberGenerator.GetBytes(8));
        using var whole = certificate.CopyWithPrivateKey(key);
        return (
            authority.ExportCertificatePem(), X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null));
    }
}
