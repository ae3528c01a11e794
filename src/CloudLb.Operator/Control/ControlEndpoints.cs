using CloudLb.Cli.Control;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CloudLb.Operator.Control;

/// <summary>What the control socket answers.</summary>
internal static class ControlEndpoints
{
    public static void Map(IApplicationBuilder control)
    {
        var questions = control.ApplicationServices.GetServices<IControlQuestion>().ToDictionary(question => question.Path);
        control.Run(context => AnswerAsync(context, questions));
    }

    private static async Task AnswerAsync(HttpContext context, Dictionary<string, IControlQuestion> questions)
    {
        var request = context.Request;
        var isKnown = questions.TryGetValue(request.Path.Value ?? "", out var question)
            && (!question.IsChange || HttpMethods.IsPost(request.Method));
        if (!isKnown || await question!.AnswerAsync(request.Query, context.RequestAborted) is not { } answer)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await context.Response.WriteAsJsonAsync(answer, answer.GetType(), ControlClient.Json, context.RequestAborted);
    }
}
