using Grpc.Core;

namespace CloudLb.Tests.HAProxy.Calls;

/// <summary>The service itself. Its server finds the methods by their names.</summary>
public sealed class EchoService : EchoMethods
{
    public override Task<string> Say(string text, ServerCallContext context)
    {
        context.ResponseTrailers.Add("after", "the message");
        return Task.FromResult($"{text}, said {context.RequestHeaders.GetValue("x-forwarded-proto")}");
    }

    /// <summary>Ends with a status after what it has sent.</summary>
    public override async Task Count(string to, IServerStreamWriter<string> answers, ServerCallContext context)
    {
        for (var number = 1; number <= int.Parse(to); number++)
        {
            await answers.WriteAsync($"{number}", context.CancellationToken);
        }

        throw new RpcException(new(StatusCode.OutOfRange, "no more"));
    }

    public override async Task Talk(IAsyncStreamReader<string> said, IServerStreamWriter<string> answers, ServerCallContext context)
    {
        while (await said.MoveNext(context.CancellationToken))
        {
            await answers.WriteAsync($"{said.Current}!", context.CancellationToken);
        }
    }

    public override Task<string> Fail(string text, ServerCallContext context) =>
        throw new RpcException(new(StatusCode.FailedPrecondition, text));
}
