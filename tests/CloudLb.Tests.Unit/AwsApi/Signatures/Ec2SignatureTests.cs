using CloudLb.AwsApi;

namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>EC2's own codes and words, where they are not those of the other services.</summary>
public sealed class Ec2SignatureTests : IAsyncLifetime
{
    private const string Service = "ec2";
    private const string Form = "Action=DescribeNothing&Version=2016-11-15";

    private static readonly (int, string?, string?) Unauthenticated = (
        401, "AuthFailure", "AWS was not able to validate the provided access credentials");

    private readonly DemoServer _server = new([], configure: services => services.AddApiService(
        Echo.Service with
        {
            Version = "2016-11-15", SigningName = Service, Protocols = [WireProtocol.Ec2], TargetPrefix = null, Operations = [],
        },
        _ => { }));

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_wrong_secret_and_an_unknown_or_inactive_key_are_not_told_apart()
    {
        Assert.Equal(Unauthenticated, await ErrorAsync(secret: "another"));
        Assert.Equal(Unauthenticated, await ErrorAsync(keyId: "AKIDUNKNOWN"));
        Assert.Equal(Unauthenticated, await ErrorAsync(keyId: KnownCredentials.InactiveKeyId));
    }

    [Fact]
    public async Task A_request_that_is_too_old_has_expired()
    {
        Assert.Equal((400, "RequestExpired", "Request has expired."), await ErrorAsync(late: TimeSpan.FromSeconds(901)));
        Assert.Equal(Unauthenticated, await ErrorAsync(late: TimeSpan.FromSeconds(-901)));
    }

    [Fact]
    public async Task A_request_without_a_signature_is_told_as_everywhere() => Assert.Equal(
        (403, "MissingAuthenticationToken", "Request is missing Authentication Token"),
        (await _server.SendAsync(_server.Post(Form))).Error);

    [Fact]
    public async Task An_action_that_there_is_not_is_told_in_EC2_s_words() =>
        Assert.Equal((400, "InvalidAction", "The action DescribeNothing is not valid for this web service."), await ErrorAsync());

    private async Task<(int, string?, string?)> ErrorAsync(
        string keyId = KnownCredentials.AccessKeyId, string secret = KnownCredentials.SecretAccessKey, TimeSpan late = default)
    {
        var request = _server.Post(Form);
        await _server.SignerFor(keyId, secret, service: Service).SignAsync(request, TestContext.Current.CancellationToken);
        _server.Clock.Now += late;
        var answer = await _server.SendAsync(request);
        _server.Clock.Now -= late;
        return answer.Error;
    }
}
