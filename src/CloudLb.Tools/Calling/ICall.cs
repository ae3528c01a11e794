using CloudLb.Tools.Parsing;

namespace CloudLb.Tools.Calling;

/// <summary>What a command asks the service and shows of its answer.</summary>
internal interface ICall
{
    /// <summary>Checks what only the command itself can check, and makes the form. Nothing is sent yet.</summary>
    IPreparedCall Prepare(Arguments arguments);
}
