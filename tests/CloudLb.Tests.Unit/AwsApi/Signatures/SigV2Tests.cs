using System.Text;
using CloudLb.AwsApi.SigV2;

namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>Signatures of version 2: against values made by others, and through a real Kestrel that allows them.</summary>
public sealed class SigV2Tests : IAsyncLifetime
{
    private const string Timestamp = "Timestamp=2015-08-30T12:36:00Z";
    private readonly DemoServer _server = new(["eu-west-1"], sign: options =>
    {
        options.AllowsVersion2 = true;
        options.DefaultRegion = "eu-west-1";
    });

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <remarks>The first by botocore's signer, the others by an independent computation of the same.</remarks>
    [Theory]
    [InlineData("POST", "HmacSHA256", "Q29xX+rsNidTCYy4w+6twlXD9pchca9D76VBsqsozhs=")]
    [InlineData("GET", "HmacSHA256", "x0yUieUS5w3p5YgJ5s6vQuX1y+V0ZmHknw8F0bDg9gU=")]
    [InlineData("POST", "HmacSHA1", "PXOpqzCL72H7iPPBkvU43mbuc8Y=")]
    public void A_signature_is_the_one_that_others_make(string http, string method, string signature)
    {
        KeyValuePair<string, string>[] parameters =
        [
            new("Action", "DescribeLoadBalancers"), new("Version", "2012-06-01"), new("AWSAccessKeyId", KnownCredentials.AccessKeyId),
            new("SignatureVersion", "2"),
            new("SignatureMethod", method), new("Timestamp", "2015-08-30T12:36:00Z"),
        ];
        var text = SigV2Text.Of(http, "elasticloadbalancing.us-east-1.amazonaws.com", "/", parameters);

        Assert.Equal(signature, Convert.ToBase64String(SigV2Text.Sign(text, method, KnownCredentials.SecretAccessKey)));
    }

    [Theory]
    [InlineData("GET", "/", "HmacSHA256", Timestamp)]
    [InlineData("POST", "/", "HmacSHA1", Timestamp)]
    [InlineData("POST", "/services/LoadBalancing/", "HmacSHA256", "Timestamp=2015-08-30T12:36:00.000Z")]
    [InlineData("GET", "/services/LoadBalancing", "HmacSHA256", "Expires=2015-08-30T12:36:01Z")]
    public async Task A_signed_request_is_answered_in_the_region_of_those_that_name_none(
        string http, string path, string method, string time)
    {
        var answer = await SendAsync(
            http, path,
            Parameters($"AWSAccessKeyId=AKIDEXAMPLE&SignatureMethod={method}&{time}&Text=a b+c~%C3%A9&Names.member.1=x&Names.member.10=y"));

        Assert.Equal("eu-west-1", answer.Echo().Region);
        Assert.Equal("a b c~é", answer.Echo().Text);
    }

    [Theory]
    [InlineData("AWSAccessKeyId=NOBODY&" + Timestamp, 403, "InvalidClientTokenId")]
    [InlineData("AWSAccessKeyId=AKIDINACTIVE&" + Timestamp, 403, "InvalidClientTokenId")]
    [InlineData("AWSAccessKeyId=AKIDEXAMPLE&SecurityToken=t&" + Timestamp, 403, "InvalidClientTokenId")]
    [InlineData("AWSAccessKeyId=AKIDEXAMPLE&Timestamp=2015-08-30T12:20:59Z", 400, "RequestExpired")]
    [InlineData("AWSAccessKeyId=AKIDEXAMPLE&Timestamp=2015-08-30T12:51:01Z", 400, "RequestExpired")]
    [InlineData("AWSAccessKeyId=AKIDEXAMPLE&Expires=2015-08-30T12:35:59Z", 400, "RequestExpired")]
    [InlineData("AWSAccessKeyId=AKIDEXAMPLE&Expires=2015-08-30T12:37:00Z&" + Timestamp, 400, "InvalidParameterCombination")]
    [InlineData("AWSAccessKeyId=AKIDEXAMPLE&Timestamp=yesterday", 400, "IncompleteSignature")]
    [InlineData("AWSAccessKeyId=AKIDEXAMPLE", 400, "IncompleteSignature")]
    [InlineData(Timestamp, 400, "IncompleteSignature")]
    [InlineData("AWSAccessKeyId=AKIDEXAMPLE&SignatureVersion=1&" + Timestamp, 400, "IncompleteSignature")]
    [InlineData("AWSAccessKeyId=AKIDEXAMPLE&SignatureMethod=None&" + Timestamp, 400, "IncompleteSignature")]
    public async Task A_request_that_is_not_well_signed_is_refused(string parameters, int status, string code)
    {
        var answer = await SendAsync("POST", "/", Parameters($"{parameters}&Text=hello"));

        Assert.Equal((status, code), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("Text=hello", "Text=jello")]
    [InlineData("Text=hello", "Text=hello&Times=2")]
    [InlineData("Signature=", "Signature=!")]
    [InlineData("Signature=", "Signature=AAAA")]
    public async Task A_request_that_was_changed_is_refused(string from, string to)
    {
        var signed = Sign("POST", "/", Parameters($"AWSAccessKeyId=AKIDEXAMPLE&{Timestamp}&Text=hello"));
        var answer = await _server.SendAsync(_server.Post(signed.Replace(from, to, StringComparison.Ordinal)));

        Assert.Equal((403, "SignatureDoesNotMatch"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Without_the_setting_version_2_is_no_signature_at_all()
    {
        await using var strict = new DemoServer();
        await strict.InitializeAsync();

        Assert.Equal(
            "MissingAuthenticationToken",
            (await strict.SendAsync(strict.Post(Sign("POST", "/", Parameters($"AWSAccessKeyId=AKIDEXAMPLE&{Timestamp}"))))).Code);
    }

    [Fact]
    public async Task Version_4_is_as_good_as_ever_beside_it()
    {
        var request = _server.Post("Action=Echo&Version=2012-06-01&Text=hello");
        await _server.SignerFor(region: "eu-west-1").SignAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("hello", (await _server.SendAsync(request)).Echo().Text);
        Assert.Equal("MissingAuthenticationToken", (await _server.SendAsync(_server.Post("Action=Echo&Version=2012-06-01"))).Code);
    }

    /// <summary>What is given, and what is needed beside it.</summary>
    private static string Parameters(string given)
    {
        var version = given.Contains("SignatureVersion", StringComparison.Ordinal) ? "" : "&SignatureVersion=2";
        var method = given.Contains("SignatureMethod", StringComparison.Ordinal) ? "" : "&SignatureMethod=HmacSHA256";
        return $"Version=2012-06-01&Action=Echo{version}{method}&{given}";
    }

    private string Sign(string http, string path, string parameters)
    {
        var pairs = parameters.Split('&').Select(pair => pair.Split('=')).Select(pair =>
            KeyValuePair.Create(pair[0], Uri.UnescapeDataString(pair[1].Replace('+', ' ')))).ToList();
        var method = pairs.Find(pair => pair.Key == "SignatureMethod").Value;
        var text = SigV2Text.Of(http, $"{_server.Url.Host}:{_server.Url.Port}", path, pairs);
        var signature = Convert.ToBase64String(SigV2Text.Sign(text, method, KnownCredentials.SecretAccessKey));
        return $"{parameters}&Signature={Uri.EscapeDataString(signature)}";
    }

    private Task<Answer> SendAsync(string http, string path, string parameters)
    {
        var signed = Sign(http, path, parameters);
        return _server.SendAsync(http == "GET"
            ? new HttpRequestMessage(HttpMethod.Get, new Uri(_server.Url, $"{path}?{signed}"))
            : new HttpRequestMessage(HttpMethod.Post, new Uri(_server.Url, path))
            {
                Content = new StringContent(signed, Encoding.UTF8, "application/x-www-form-urlencoded"),
            });
    }
}
