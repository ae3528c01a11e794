using Grpc.Core;

namespace CloudLb.Tests.HAProxy.Calls;

/// <summary>The methods of a service, one of each kind, of texts.</summary>
[BindServiceMethod(typeof(EchoMethods), nameof(Bind))]
public abstract class EchoMethods
{
    private const string Name = "test.Echo";

    public static readonly Method<string, string> SayMethod = Of(MethodType.Unary, nameof(Say));
    public static readonly Method<string, string> CountMethod = Of(MethodType.ServerStreaming, nameof(Count));
    public static readonly Method<string, string> TalkMethod = Of(MethodType.DuplexStreaming, nameof(Talk));
    public static readonly Method<string, string> FailMethod = Of(MethodType.Unary, nameof(Fail));

    public static void Bind(ServiceBinderBase binder, EchoMethods? service)
    {
        _ = service;
        binder.AddMethod(SayMethod, (UnaryServerMethod<string, string>?)null!);
        binder.AddMethod(CountMethod, (ServerStreamingServerMethod<string, string>?)null!);
        binder.AddMethod(TalkMethod, (DuplexStreamingServerMethod<string, string>?)null!);
        binder.AddMethod(FailMethod, (UnaryServerMethod<string, string>?)null!);
    }

    public abstract Task<string> Say(string text, ServerCallContext context);

    public abstract Task Count(string to, IServerStreamWriter<string> answers, ServerCallContext context);

    public abstract Task Talk(IAsyncStreamReader<string> said, IServerStreamWriter<string> answers, ServerCallContext context);

    public abstract Task<string> Fail(string text, ServerCallContext context);

    private static Method<string, string> Of(MethodType type, string name) =>
        new(type, Name, name, Marshallers.StringMarshaller, Marshallers.StringMarshaller);
}
