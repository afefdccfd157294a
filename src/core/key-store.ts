import type { ContactId, WorkspaceId } from './ids.ts'

/**
 * Where wrapped keys are kept: apart from the data, so that the two are backed up apart.
 * It sees wrapped keys only, and can open none of them.
 */
export interface KeyStore {
  workspaceKey(workspace: WorkspaceId): Promise<string | undefined>
  /** Keeps the first key given for a workspace. Resolves to the one that is kept. */
  addWorkspaceKey(workspace: WorkspaceId, wrapped: string): Promise<string>
  personKey(workspace: WorkspaceId, contact: ContactId): Promise<string | undefined>
  /** Keeps the first key given for a person. Resolves to the one that is kept. */
  addPersonKey(workspace: WorkspaceId, contact: ContactId, wrapped: string): Promise<string>
  erasePersonKey(workspace: WorkspaceId, contact: ContactId): Promise<void>
  workspaceKeys(): Promise<readonly { readonly workspace: WorkspaceId; readonly wrapped: string }[]>
  /** Replaces the wrapping of all workspace keys at once, or of none. */
  rewrapWorkspaceKeys(
    keys: readonly { readonly workspace: WorkspaceId; readonly wrapped: string }[],
  ): Promise<void>
  close(): Promise<void>
}
