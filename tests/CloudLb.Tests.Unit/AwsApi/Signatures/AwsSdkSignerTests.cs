using System.Text;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.Runtime.Internal.Util;

namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>AWS's own .NET signer as the independent check of ours.</summary>
public sealed class AwsSdkSignerTests
{
    [Theory]
    [InlineData("Action=Echo&Version=2012-06-01&Text=hello", "hello")]
    [InlineData("Action=Echo&Version=2012-06-01&Text=a%20b%2B%C3%A9%E6%97%A5%26%3D&Names.member.1=x", "a b+é日&=")]
    public async Task What_AWS_s_signer_signs_is_accepted(string form, string text)
    {
        await using var server = new DemoServer();
        await server.InitializeAsync();
        server.Clock.Now = TimeProvider.System.GetUtcNow();
        var signed = Sign(server.Url, form);

        var request = server.Post(form);
        foreach (var (name, value) in signed.Headers)
        {
            // HttpClient sets the others just so.
            if (name is "X-Amz-Date" or "Authorization" or "X-Amz-Content-SHA256")
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        Assert.Equal(text, (await server.SendAsync(request)).Echo().Text);
    }

    private static DefaultRequest Sign(Uri endpoint, string form)
    {
        var request = new DefaultRequest(new EchoWebRequest(), "elasticloadbalancing")
        {
            Endpoint = endpoint,
            ResourcePath = "/",
            HttpMethod = "POST",
            Content = Encoding.UTF8.GetBytes(form),
            OverrideSigningServiceName = "elasticloadbalancing",
            AuthenticationRegion = "us-east-1",
        };
        request.Headers["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8";
        var config = new SignerConfig { ServiceURL = endpoint.ToString(), AuthenticationRegion = "us-east-1" };
        var credentials = new BasicAWSCredentials(KnownCredentials.AccessKeyId, KnownCredentials.SecretAccessKey);
        new AWS4Signer().Sign(request, config, new RequestMetrics(), credentials);
        return request;
    }

    private sealed class EchoWebRequest : AmazonWebServiceRequest;

    private sealed class SignerConfig : ClientConfig
    {
        public SignerConfig()
            : base(new DefaultConfigurationProvider([new DefaultConfiguration { Name = DefaultConfigurationMode.Standard }]))
        {
        }

        public override string RegionEndpointServiceName => "elasticloadbalancing";

        public override string ServiceVersion => "2012-06-01";

        public override string UserAgent => "test";

        public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) => new(ServiceURL);
    }
}
