using CloudLb.Core.Traffic.Planning;
using Grpc.Core;
using Grpc.Net.Client;
using static CloudLb.Tests.HAProxy.Http2Plans;

namespace CloudLb.Tests.HAProxy.Calls;

/// <summary>A real client and a real server of gRPC, with a load balancer between them.</summary>
public sealed class GrpcTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Calls_of_every_kind_come_through_with_their_trailers_also_over_a_hand_over(bool isSecure)
    {
        await using var instance = await GrpcInstance.StartAsync(isSecure);
        await using var running = await RunningDataPlane.StartAsync();
        var web = Of(running, instance);
        await running.ApplyAsync(web);
        Assert.Empty(running.DataPlane.Faults);
        await running.IsPassingAsync(web, "i-1");
        using var channel = Channel(web);
        var calls = channel.CreateCallInvoker();
        using var talk = calls.AsyncDuplexStreamingCall(EchoService.TalkMethod, null, default);
        Assert.Equal("first!", await SayAsync(talk, "first"));

        await CallAsync(calls);
        await running.ApplyAsync(web with { Listeners = [web.Listeners[0], ApplicationPlans.Listener(8090)] });
        Assert.Equal(2, running.Generation);
        await CallAsync(calls);

        Assert.Equal("second!", await SayAsync(talk, "second"));
        await talk.RequestStream.CompleteAsync();
        Assert.False(await talk.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Equal(StatusCode.OK, talk.GetStatus().StatusCode);
    }

    private static async Task CallAsync(CallInvoker calls)
    {
        using var said = calls.AsyncUnaryCall(EchoService.SayMethod, null, default, "a");
        Assert.Equal("a, said https", await said.ResponseAsync);
        Assert.Equal("the message", said.GetTrailers().GetValue("after"));

        using var counted = calls.AsyncServerStreamingCall(EchoService.CountMethod, null, default, "100");
        var last = "";
        var ended = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await counted.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
            {
                last = counted.ResponseStream.Current;
            }
        });
        Assert.Equal(("100", StatusCode.OutOfRange, "no more"), (last, ended.StatusCode, ended.Status.Detail));

        using var failed = calls.AsyncUnaryCall(EchoService.FailMethod, null, default, "no");
        Assert.Equal(StatusCode.FailedPrecondition, (await Assert.ThrowsAsync<RpcException>(() => failed.ResponseAsync)).StatusCode);
    }

    private static async Task<string> SayAsync(AsyncDuplexStreamingCall<string, string> talk, string text)
    {
        await talk.RequestStream.WriteAsync(text, TestContext.Current.CancellationToken);
        Assert.True(await talk.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        return talk.ResponseStream.Current;
    }

    /// <summary>Checked as AWS does by default, by a method that the server does not have.</summary>
    private static PlannedLoadBalancer Of(RunningDataPlane running, GrpcInstance instance)
    {
        var member = instance.Planned();
        var web = Secure(running, "web", member);
        var probe = (member.IsSecure ? Plans.SecureProbe : Plans.HttpProbe) with
        {
            Port = null, IsHttp2 = true, GrpcStatuses = [12], Path = "/AWS.ALB/healthcheck",
        };
        return web with
        {
            Pools = [web.Pools[0] with { MemberProtocol = MemberProtocol.Grpc, IsHttp2Secure = member.IsSecure, Probe = probe }],
        };
    }

    private static GrpcChannel Channel(PlannedLoadBalancer web) => GrpcChannel.ForAddress(
        $"https://{web.Address}:{Plans.Port}", new() { HttpClient = Client(), DisposeHttpClient = true });
}
