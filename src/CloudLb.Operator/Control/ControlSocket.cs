using CloudLb.Core;

namespace CloudLb.Operator.Control;

/// <summary>Where the running server answers operators: a Unix socket that its own user alone can open.</summary>
public static class ControlSocket
{
    private const string Name = "control.sock";

    public static string PathFor(string dataDirectory) => Path.Combine(SocketDirectory.For(dataDirectory), Name);
}
