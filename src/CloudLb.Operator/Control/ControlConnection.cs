namespace CloudLb.Operator.Control;

/// <summary>
/// Marks what came in over the control socket, whose file mode lets nobody but this user in; set by the listener on each connection.
/// </summary>
public sealed class ControlConnection
{
    public static readonly ControlConnection Instance = new();
}
