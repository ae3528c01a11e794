using Amazon.Runtime;
using CloudLb.Elb.Contracts;
using CloudLb.Tests.Clients.Pipeline;

namespace CloudLb.Tests.Api.Actions;

/// <summary>AWS's own pipeline learns a server's time from its refusal and signs again.</summary>
public sealed class ClockSkewTests
{
    [Theory]
    [InlineData(60)]
    [InlineData(-60)]
    public async Task A_client_whose_clock_is_wrong_by_an_hour_corrects_itself(int minutes)
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = new ElbServer(new ShiftedClock(TimeSpan.FromMinutes(minutes)));
        await server.InitializeAsync();
        var config = new ElbPipelineConfig { ServiceURL = server.Url.ToString(), AuthenticationRegion = "us-east-1" };
        using var client = new ElbPipelineClient(
            new BasicAWSCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), config);

        Assert.Empty((await client.CallAsync(ElasticLoadBalancingContract.DescribeLoadBalancers, new(), token)).LoadBalancerDescriptions!);

        Assert.InRange(CorrectClockSkew.GetClockCorrectionForEndpoint(server.Url.ToString()).TotalMinutes, minutes - 5, minutes + 5);
    }

    [Fact]
    public async Task A_client_that_may_not_correct_its_clock_is_told_the_server_s_time()
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = new ElbServer(new ShiftedClock(TimeSpan.FromHours(1)));
        await server.InitializeAsync();
        var config = new ElbPipelineConfig
        {
            ServiceURL = server.Url.ToString(),
            AuthenticationRegion = "us-east-1",
            DisableClockSkewCorrection = true,
        };
        using var client = new ElbPipelineClient(
            new BasicAWSCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), config);

        var error = await Assert.ThrowsAsync<ElbPipelineException>(
            () => client.CallAsync(ElasticLoadBalancingContract.DescribeLoadBalancers, new(), token));

        Assert.Equal("SignatureDoesNotMatch", error.ErrorCode);
        Assert.StartsWith("Signature expired: ", error.Message, StringComparison.Ordinal);
    }

    private sealed class ShiftedClock(TimeSpan shift) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + shift;
    }
}
